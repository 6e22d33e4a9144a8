//! `jalon exam`: variants of a paper with their keys, proven before anything is written.

use super::args::ExamOptions;
use super::exit::{Exit, Trouble, reason};
use super::findings::{self, Telling};
use super::policy::Policy;
use super::{files, pdf};
use crate::compile::Journey;
use crate::diagnostics::{Severity, closest};
use crate::exam::{Case, Fault, Proven, Refused, Variant, Wanted, make};
use crate::locale::{Lang, Words};
use crate::model::Exam;
use crate::report::{
    self, Class, IndexLine, key, paper, write_exam_docx, write_exam_html, write_exam_markdown, write_gift, write_index,
    write_moodle,
};
use crate::words;
use rayon::prelude::*;
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

pub(super) fn exam(options: &ExamOptions) -> Result<Exit, Trouble> {
    let policy = Policy::of(&options.input)?;
    let compiled = findings::compiled(&options.input)?;
    let telling = Telling::new(&options.input, &compiled, &policy);
    let Some(journey) = &compiled.journey else { return telling.refuse() };
    written(options, journey, &telling).map_err(|t| t.told_in(telling.lang))
}

fn written(options: &ExamOptions, journey: &Journey, telling: &Telling<'_>) -> Result<Exit, Trouble> {
    let at = wanted(options, journey)?;
    let class = options.students.as_deref().map(class).transpose()?.unwrap_or_default();
    let students = u32::try_from(class.rows.len()).unwrap_or(u32::MAX);
    let variants = options.variants.unwrap_or(students.max(1));
    if variants < students {
        return Err(Trouble::usage(words!(
            "{students} students and {variants} variants: leave `--variants` out, or ask for more",
            "{students} étudiants et {variants} sujets : retirez `--variants`, ou demandez-en davantage"
        )));
    }
    let case = Case::new(telling.compiled, Wanted { exam: at, seed: options.seed, variants }).map_err(|fault| broken(&fault))?;
    let proven = case.prove().map_err(|why| refused(&why))?;
    let exam = &journey.program.exams[at];
    let said = telling.judged(None);
    let shown: Vec<_> = said.into_iter().filter(|d| d.severity != Severity::Note).collect();
    telling.show(&shown);
    if options.solve_only {
        for which in &proven {
            let variant = again(&case, *which)?;
            files::print(&(write_exam_markdown(&key(&variant)) + "\n"))?;
        }
        return Ok(Exit::Fine);
    }
    let folder = options.output.clone().unwrap_or_else(|| PathBuf::from("jalon-exam").join(&exam.name.name));
    let digits = variants.to_string().len().max(2);
    let each: Result<Vec<IndexLine>, Trouble> = proven
        .par_iter()
        .map(|which| {
            let variant = again(&case, *which)?;
            documents(&variant, exam, telling, &folder, digits)?;
            Ok(IndexLine::new(&variant))
        })
        .collect();
    let lines = each?;
    write_bytes(&folder.join("index.csv"), write_index(&class, options.seed, &lines).as_bytes())?;
    told(&lines, &folder, telling.lang);
    if options.pdf {
        pdf::print(&folder, &proven.iter().map(|p| name(*p, digits)).collect::<Vec<_>>(), telling.lang)?;
    }
    Ok(Exit::Fine)
}

/// The exam that is asked for.
fn wanted(options: &ExamOptions, journey: &Journey) -> Result<usize, Trouble> {
    let exams = &journey.program.exams;
    let names: Vec<&str> = exams.iter().map(|exam| exam.name.name.as_str()).collect();
    match &options.exam {
        Some(name) => names.iter().position(|n| n == name).ok_or_else(|| {
            Trouble::usage(match closest(name, names.iter().copied()) {
                Some(near) => words!(
                    "`--exam {name}`: there is no such exam: did you mean `{near}`?",
                    "`--exam {name}` : ce sujet n'existe pas : vouliez-vous dire `{near}` ?"
                ),
                None => {
                    let all = names.join(", ");
                    words!(
                        "`--exam {name}`: there is no such exam; there are: {all}",
                        "`--exam {name}` : ce sujet n'existe pas ; il y a : {all}"
                    )
                }
            })
        }),
        None if names.len() == 1 => Ok(0),
        None if names.is_empty() => Err(Trouble::usage(words!(
            "this journey has no exam: write `exam name \"Title\" {{ … }}` in it",
            "ce parcours n'a pas de sujet d'examen : écrivez-y `exam nom \"Titre\" {{ … }}`"
        ))),
        None => {
            let all = names.join(", ");
            Err(Trouble::usage(words!(
                "this journey has several exams: say which with `--exam`: {all}",
                "ce parcours a plusieurs sujets : dites lequel avec `--exam` : {all}"
            )))
        }
    }
}

/// A class list.
fn class(path: &Path) -> Result<Class, Trouble> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| Trouble::read(&name, &reason(&e)))?;
    let text = String::from_utf8(bytes).map_err(|_| Trouble::read(&name, &words!("it is not UTF-8", "il n'est pas en UTF-8")))?;
    Ok(Class::read(&text))
}

fn broken(fault: &Fault) -> Trouble {
    let Words { en, fr } = fault.words();
    Trouble::usage(words!("no variant can be made: {en}", "aucun sujet ne peut être fait : {fr}"))
}

fn refused(Refused { number, fault, times: (times, tried) }: &Refused) -> Trouble {
    let Words { en, fr } = fault.words();
    Trouble::usage(words!(
        "no draw of variant {number} does: in {times} of {tried} draws, {en}",
        "aucun tirage du sujet {number} ne convient : dans {times} tirages sur {tried}, {fr}"
    ))
}

/// A variant that has been proven, made again.
fn again(case: &Case<'_>, which: Proven) -> Result<Variant, Trouble> {
    make(case, which).map_err(|fault| Trouble::internal(&fault.words().en))
}

fn name(which: Proven, digits: usize) -> String {
    format!("variant-{:0digits$}", which.number)
}

fn documents(variant: &Variant, exam: &Exam, telling: &Telling<'_>, folder: &Path, digits: usize) -> Result<(), Trouble> {
    let internal = |e: report::RenderError| Trouble::internal(&e);
    let name = name(Proven { number: variant.number, attempt: variant.attempt }, digits);
    let sheet = paper(variant, exam, &telling.compiled.sources);
    let own = folder.join(&name);
    write_bytes(&own.join("paper.html"), write_exam_html(&sheet).map_err(internal)?.as_bytes())?;
    write_bytes(&own.join("paper.md"), write_exam_markdown(&sheet).as_bytes())?;
    write_bytes(&own.join("moodle.xml"), write_moodle(variant, &sheet).as_bytes())?;
    write_bytes(&own.join("gift.txt"), write_gift(variant, &sheet).as_bytes())?;
    let map = sheet.blocks.iter().find_map(|block| if let report::Block::Map { svg, .. } = block { Some(svg) } else { None });
    let picture = map.map(|svg| report::write_png(svg, report::FOR_A_PAGE)).transpose().map_err(|e| Trouble::internal(&e))?;
    write_bytes(&own.join("paper.docx"), &write_exam_docx(&sheet, picture.as_ref()))?;
    if let Some(svg) = map {
        write_bytes(&own.join("map.svg"), svg.as_bytes())?;
    }
    let solved = key(variant);
    let keys = folder.join("key");
    write_bytes(&keys.join(format!("{name}.html")), write_exam_html(&solved).map_err(internal)?.as_bytes())?;
    write_bytes(&keys.join(format!("{name}.md")), write_exam_markdown(&solved).as_bytes())?;
    write_bytes(&keys.join(format!("{name}.docx")), &write_exam_docx(&solved, None))
}

fn write_bytes(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    files::stream(path, |file| file.write_all(bytes))
}

/// What was written, and which answers no variant changes.
fn told(lines: &[IndexLine], folder: &Path, lang: Lang) {
    let (count, place) = (lines.len(), folder.display());
    let said = if count == 1 {
        words!(
            "wrote one variant with its key, solved and checked: {place}",
            "écrit : un sujet avec son corrigé, résolu et vérifié : {place}"
        )
    } else {
        words!(
            "wrote {count} variants with their keys, each solved and checked: {place}",
            "écrit : {count} sujets avec leurs corrigés, chacun résolu et vérifié : {place}"
        )
    };
    files::say(said.get(lang));
    let Some(first) = lines.first().filter(|_| count > 1) else { return };
    let constant = |q: usize| !first.answers[q].1.is_empty() && lines.iter().all(|line| line.answers[q].1 == first.answers[q].1);
    let same: Vec<String> = (0..first.answers.len()).filter(|q| constant(*q)).map(|q| (q + 1).to_string()).collect();
    if !same.is_empty() {
        let same = same.join(", ");
        let said = words!(
            "note: the same answer in every variant: question {same}",
            "note : même réponse dans tous les sujets : question {same}"
        );
        files::say(said.get(lang));
    }
    if let Some((one, other)) = alike(lines) {
        let said = words!(
            "note: some variants have all their answers in common, {one} and {other} for one: let more params vary, or ask for fewer variants",
            "note : des sujets ont toutes leurs réponses en commun, comme le {one} et le {other} : faites varier plus de paramètres, ou demandez moins de sujets"
        );
        files::say(said.get(lang));
    }
}

/// The numbers of two variants whose answers are all the same.
fn alike(lines: &[IndexLine]) -> Option<(u32, u32)> {
    let mut first = HashMap::new();
    lines.iter().find_map(|line| {
        let answers: Vec<&str> = line.answers.iter().map(|(_, answer)| answer.as_str()).collect();
        first.insert(answers, line.number).map(|earlier| (earlier, line.number))
    })
}

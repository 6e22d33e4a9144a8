//! `jalon diff`: what has changed between two versions, and what that does to the figures.

use super::args::{DiffFormat, DiffOptions, Draw};
use super::compute::{CUSTOMERS, Wanted, compute};
use super::exit::{Exit, Trouble};
use super::files::{self, FolderLoader, Root, Unfit, print, read_root, say};
use super::findings::{compiled_root, spoken, written_locale};
use super::git::{Repository, RevisionLoader};
use crate::compile::{Compiled, Journey, compile_with};
use crate::diagnostics::{Severity, has_errors, render_human, render_plain};
use crate::difference::{Version, compare};
use crate::gate;
use crate::locale::Lang;
use crate::measure::{Figures, Verdict};
use crate::model::law::nearest;
use crate::model::{Bound, Unit};
use crate::report::difference::{Condition, Pair, Side, write_html, write_json, write_markdown, write_terminal};
use crate::resolve::Loader;
use crate::words;
use std::collections::BTreeSet;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

/// What messages call a condition.
const FAIL_IF: &str = "--fail-if";

/// A journey at one of the two versions: how to read it, and what it is called.
struct Source {
    name: String,
    from: From,
}

enum From {
    File(PathBuf),
    /// The commit, and the path below the top.
    Commit(String, String),
}

/// A journey in both versions; in one of them it may not be there.
struct Both {
    old: Option<Source>,
    new: Option<Source>,
}

pub(super) fn diff(options: &DiffOptions) -> Result<Exit, Trouble> {
    if options.textconv {
        return textconv(options);
    }
    let (repository, pairs) = pairs(options)?;
    let mut exit = Exit::Fine;
    let mut lang = spoken(options.lang);
    let mut told = Vec::new();
    let mut others = Vec::new();
    for both in &pairs {
        let read = |source: &Source| read(source, repository.as_ref());
        match (both.old.as_ref().map(read).transpose()?, both.new.as_ref().map(read).transpose()?) {
            (Some(old), Some(new)) => {
                // What a folder holds beside journeys is compared with the journeys that include it.
                let is_library = |v: &Read| v.compiled.journey.is_none() && !has_errors(&v.compiled.diagnostics);
                if pairs.len() > 1 && (is_library(&old) || is_library(&new)) {
                    continue;
                }
                let spoken_in = lang.unwrap_or_else(|| written_locale(&new.compiled));
                lang = lang.or(Some(spoken_in));
                match compared(old, new, options, spoken_in)? {
                    Ok(one) => told.push(one),
                    Err(refused) => {
                        say(refused.trim_end());
                        exit = Exit::Failed;
                    }
                }
            }
            (Some(only), None) | (None, Some(only)) if only.compiled.journey.is_some() => {
                let is_new = both.old.is_none();
                others.push((only.name, is_new));
            }
            _ => {}
        }
    }
    let lang = lang.unwrap_or_default();
    if pairs.len() > 1 {
        told.retain(|one| one.difference.is_changed() || !one.conditions.is_empty());
    }
    show(options, &told, &others, lang).map_err(|t| t.told_in(lang))?;
    if exit == Exit::Fine {
        let holds: Vec<Option<bool>> = told.iter().flat_map(|one| one.conditions.iter().map(|c| c.holds)).collect();
        if holds.contains(&Some(true)) {
            exit = Exit::Failed;
        } else if holds.contains(&None) {
            exit = Exit::Undecided;
        }
    }
    Ok(exit)
}

/// A version that has been read.
struct Read {
    name: String,
    root: Root,
    compiled: Compiled,
    commit: Option<(Repository, String)>,
}

impl Read {
    fn loader(&self) -> Box<dyn Loader + '_> {
        match &self.commit {
            Some((repository, commit)) => Box::new(RevisionLoader { repository, commit, folder: self.root.folder.clone() }),
            None => Box::new(FolderLoader { folder: self.root.folder.clone() }),
        }
    }
}

/// Two versions compared.
struct Told {
    old: Read,
    new: Read,
    figures: [Figures; 2],
    difference: crate::difference::Difference,
    conditions: Vec<Condition>,
}

fn read(source: &Source, repository: Option<&Repository>) -> Result<Read, Trouble> {
    let (root, commit) = match (&source.from, repository) {
        (From::Commit(commit, path), Some(repository)) => {
            let root = repository.root(commit, path)?.ok_or_else(|| Trouble::internal(&"a file that was listed is gone"))?;
            (root, Some((repository.clone(), commit.clone())))
        }
        (From::File(path), _) => (read_root(path)?, None),
        (From::Commit(..), None) => return Err(Trouble::internal(&"a revision without a repository")),
    };
    let mut read = Read { name: source.name.clone(), root, compiled: empty(), commit };
    let compiled = {
        let loader = read.loader();
        let root = Root { name: read.root.name.clone(), text: read.root.text.clone(), folder: read.root.folder.clone() };
        compiled_root(root, loader.as_ref())
    };
    read.compiled = compiled;
    Ok(read)
}

fn empty() -> Compiled {
    Compiled {
        sources: crate::diagnostics::Sources::default(),
        diagnostics: Vec::new(),
        journey: None,
        text: None,
        allowances: crate::compile::Allowances::default(),
    }
}

/// Compares two versions, or says which of them is no journey.
fn compared(old: Read, new: Read, options: &DiffOptions, lang: Lang) -> Result<Result<Told, String>, Trouble> {
    let mut refused = String::new();
    for side in [&old, &new].into_iter().filter(|side| side.compiled.journey.is_none()) {
        let name = &side.name;
        let head = words!("`{name}` cannot be compared:", "`{name}` ne peut pas être comparé :");
        let errors: Vec<_> = side.compiled.diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
        let page = if options.format == DiffFormat::Human {
            render_human(&errors, &side.compiled.sources, lang, std::io::stderr().is_terminal())
        } else {
            render_plain(&errors, &side.compiled.sources, lang)
        };
        refused += &format!("{}\n{page}\n", head.get(lang));
    }
    let (Some(before), Some(after)) = (&old.compiled.journey, &new.compiled.journey) else { return Ok(Err(refused)) };
    let difference =
        compare(Version { compiled: &old.compiled, journey: before }, Version { compiled: &new.compiled, journey: after });
    let figures = [figures(before, options)?, figures(after, options)?];
    let conditions: Result<Vec<Condition>, Trouble> = options.fail_if.iter().map(|c| condition(c, &old, &new, options)).collect();
    let conditions = conditions?;
    Ok(Ok(Told { old, new, figures, difference, conditions }))
}

/// Exact figures; where a kpi has none, drawn ones beside them.
fn figures(journey: &Journey, options: &DiffOptions) -> Result<Figures, Trouble> {
    let exact = compute(journey, Wanted::Exact, None)?;
    if exact.kpis.iter().all(|k| k.figure.exact.is_some() || k.figure.declined.is_none()) {
        return Ok(exact);
    }
    let draw = Draw { customers: Some(CUSTOMERS), precision: None, seed: options.seed, threads: None };
    compute(journey, Wanted::Both(&draw), None)
}

/// Whether a condition holds: `old` in it is the figure before the comparison, as it was.
fn condition(text: &str, old: &Read, new: &Read, options: &DiffOptions) -> Result<Condition, Trouble> {
    let wrong = |why: &str| {
        Trouble::usage(words!(
            "`--fail-if '{text}'` cannot be read: write a measure, a comparison and a bound, for example `--fail-if 'final_rate < 0.95 * old'`{why}",
            "`--fail-if '{text}'` est illisible : écrivez une mesure, une comparaison et une borne, par exemple `--fail-if 'final_rate < 0.95 * old'`{why}"
        ))
    };
    let line = text.replace(['\n', '\r', '{', '}'], " ");
    let operators = ["<=", ">=", "!=", "==", "<", ">", "="];
    let at = operators.iter().filter_map(|o| line.find(o).map(|at| (at, *o))).min_by_key(|(at, o)| (*at, usize::MAX - o.len()));
    let Some((at, operator)) = at else { return Err(wrong("")) };
    let (left, right) = (line[..at].trim(), line[at + operator.len()..].trim());
    let mentions = |side: &str| words_of(side).any(|(_, word)| word == "old");
    if left.is_empty() || right.is_empty() || mentions(left) {
        return Err(wrong(""));
    }
    let compiled = |read: &Read, line: String| -> Result<Compiled, Trouble> {
        let Ok(text) = &read.root.text else { return Err(wrong("")) };
        let loader = read.loader();
        let compiled = compile_with(&read.root.name, text.clone(), loader.as_ref(), &[(FAIL_IF, line)]);
        if compiled.journey.is_none() {
            let first = compiled.diagnostics.iter().find(|d| d.severity == Severity::Error);
            let why =
                first.map_or_else(String::new, |d| format!(" ({})", d.message.get(spoken(options.lang).unwrap_or_default())));
            return Err(wrong(&why));
        }
        Ok(compiled)
    };
    let right = if mentions(right) {
        let before = compiled(old, format!("expect {left} = {left}\n"))?;
        let value = value(&before, options).ok_or_else(|| wrong(""))?;
        replaced(right, &value)
    } else {
        right.to_owned()
    };
    let operator = if operator == "==" { "=" } else { operator };
    let after = compiled(new, format!("expect {left} {operator} {right}\n"))?;
    let Some(journey) = &after.journey else { return Err(wrong("")) };
    let tested = test_last(&after, journey, options);
    let holds = match tested.promise.verdict {
        Verdict::Pass => Some(true),
        Verdict::Fail => Some(false),
        Verdict::Undecided => None,
    };
    Ok(Condition { text: text.to_owned(), holds })
}

fn test_last(compiled: &Compiled, journey: &Journey, options: &DiffOptions) -> gate::Tested {
    let last = journey.program.expectations.len() - 1;
    let how = gate::Options { error: 0.01, customers: gate::MOST, seed: options.seed, scenario: None };
    gate::test(compiled, journey, &[last], &how, &|_| ()).swap_remove(0)
}

/// The figure of the last promise, as a number of the language.
fn value(compiled: &Compiled, options: &DiffOptions) -> Option<String> {
    let journey = compiled.journey.as_ref()?;
    let promise = journey.program.expectations.last()?;
    let tested = test_last(compiled, journey, options);
    let value = tested.promise.figure.fraction.as_ref().map(nearest).or_else(|| tested.promise.figure.value())?;
    let unit = match &promise.bound {
        Bound::Compare(..) | Bound::Between(..) => promise.measure.unit,
    };
    let (number, suffix) = match unit {
        Unit::Share => (value * 100.0, "%"),
        Unit::Points => (value * 100.0, " points"),
        Unit::Time => (value, " s"),
        Unit::Money => (value, ""),
        Unit::Number | Unit::Nps => (value, ""),
    };
    let currency = if unit == Unit::Money {
        journey.program.base.currency.as_deref().map_or_else(String::new, |c| format!(" {c}"))
    } else {
        String::new()
    };
    let digits = format!("{:.17}", number.abs());
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    let sign = if number < 0.0 { "-" } else { "" };
    Some(format!("({sign}{digits}{suffix}{currency})"))
}

/// The words of a text, with their places.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_letter = |c: char| c.is_alphanumeric() || c == '_';
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find(is_letter)?;
        let end = text[start..].find(|c| !is_letter(c)).map_or(text.len(), |e| start + e);
        at = end;
        Some((start, &text[start..end]))
    })
}

fn replaced(text: &str, value: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for (start, word) in words_of(text).filter(|(_, word)| *word == "old") {
        out.push_str(&text[at..start]);
        out.push_str(value);
        at = start + word.len();
    }
    out + &text[at..]
}

/// Which journeys are compared: two files, or those of two revisions.
fn pairs(options: &DiffOptions) -> Result<(Option<Repository>, Vec<Both>), Trouble> {
    let names = &options.what;
    let is_file = |name: &str| Path::new(name).is_file() || name == "-";
    if let [old, new] = names.as_slice()
        && is_file(old)
        && is_file(new)
    {
        let source = |name: &String| Some(Source { name: name.clone(), from: From::File(PathBuf::from(name)) });
        return Ok((None, vec![Both { old: source(old), new: source(new) }]));
    }
    let repository = Repository::around(Path::new("."))?;
    let (revisions, paths) = match names.split_first() {
        Some((first, paths)) => (first.as_str(), paths),
        None => ("HEAD", &[] as &[String]),
    };
    let (old, new) = revisions.split_once("..").map_or((revisions, None), |(old, new)| (old, Some(new)));
    let head = |revision: &str| if revision.is_empty() { "HEAD".to_owned() } else { revision.to_owned() };
    let (old_name, new_name) = (head(old), new.map(head));
    let old = repository.commit(&old_name)?;
    let new = new_name.as_deref().map(|name| repository.commit(name)).transpose()?;
    let renames = repository.renames(&old, new.as_deref())?;
    let (before, after) = (repository.journeys(Some(&old))?, repository.journeys(new.as_deref())?);
    let wanted = |path: &str| {
        paths.is_empty()
            || paths.iter().any(|p| {
                let p = inside(&repository, p);
                p.is_empty() || path == p || path.strip_prefix(p.as_str()).is_some_and(|rest| rest.starts_with('/'))
            })
    };
    let mut found = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let old_source = |path: &str| Source { name: format!("{old_name}:{path}"), from: From::Commit(old.clone(), path.to_owned()) };
    for path in &after {
        let was = renames.iter().find(|(_, to)| to == path).map_or(path, |(from, _)| from);
        let was = Some(was).filter(|w| before.contains(w));
        taken.extend(was.cloned());
        if !wanted(path) && !was.is_some_and(|w| wanted(w)) {
            continue;
        }
        let new_source = match (&new, &new_name) {
            (Some(commit), Some(name)) => {
                Source { name: format!("{name}:{path}"), from: From::Commit(commit.clone(), path.clone()) }
            }
            _ => Source { name: shown(&repository, path), from: From::File(PathBuf::from(shown(&repository, path))) },
        };
        found.push(Both { old: was.map(|w| old_source(w)), new: Some(new_source) });
    }
    let gone = before.iter().filter(|p| !taken.contains(*p) && wanted(p));
    found.extend(gone.map(|path| Both { old: Some(old_source(path)), new: None }));
    if found.is_empty() {
        return Err(Trouble::usage(words!(
            "there is no journey to compare: neither revision has a `.journey` file there",
            "il n'y a aucun parcours à comparer : aucune des deux révisions n'y a de fichier `.journey`"
        )));
    }
    Ok((Some(repository), found))
}

/// A path as given, below the top of the repository.
fn inside(repository: &Repository, path: &str) -> String {
    let given = Path::new(path);
    if given.is_absolute() {
        let top = std::fs::canonicalize(&repository.top).unwrap_or_else(|_| repository.top.clone());
        let real = std::fs::canonicalize(given).unwrap_or_else(|_| given.to_path_buf());
        return real.strip_prefix(top).map_or_else(|_| path.to_owned(), |p| p.display().to_string()).replace('\\', "/");
    }
    let mut parts: Vec<&str> = repository.prefix.split('/').filter(|p| !p.is_empty()).collect();
    for part in path.split(['/', '\\']).filter(|p| !p.is_empty() && *p != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// A path below the top, as seen from where one stands.
fn shown(repository: &Repository, path: &str) -> String {
    match path.strip_prefix(repository.prefix.as_str()) {
        Some(rest) => rest.to_owned(),
        None => repository.top.join(path).display().to_string(),
    }
}

fn show(options: &DiffOptions, told: &[Told], others: &[(String, bool)], lang: Lang) -> Result<(), Trouble> {
    let pairs: Vec<(Pair<'_>, &[Condition])> = told
        .iter()
        .filter_map(|one| {
            let (old, new) = (one.old.compiled.journey.as_ref()?, one.new.compiled.journey.as_ref()?);
            let pair = Pair {
                old: Side { name: &one.old.name, program: &old.program, figures: &one.figures[0] },
                new: Side { name: &one.new.name, program: &new.program, figures: &one.figures[1] },
                difference: &one.difference,
                lang,
            };
            Some((pair, one.conditions.as_slice()))
        })
        .collect();
    let other = |(name, is_new): &(String, bool)| {
        if *is_new {
            words!("new journey: `{name}`", "nouveau parcours : `{name}`")
        } else {
            words!("journey removed: `{name}`", "parcours retiré : `{name}`")
        }
    };
    let mut page = match options.format {
        DiffFormat::Json => {
            let others: Vec<serde_json::Value> = others
                .iter()
                .map(|(name, is_new)| {
                    let (old, new) = if *is_new { (None, Some(name)) } else { (Some(name), None) };
                    serde_json::json!({ "journey": null, "label": null, "old": old, "new": new, "changed": true })
                })
                .collect();
            let text = write_json(&pairs, &others).map_err(|e| Trouble::internal(&e))?;
            return written(options, &text);
        }
        DiffFormat::Human => {
            let colour = options.output.is_none() && std::io::stdout().is_terminal();
            pairs.iter().map(|(pair, conditions)| write_terminal(pair, conditions, colour)).collect::<Vec<_>>().join("\n")
        }
        DiffFormat::Markdown => {
            pairs.iter().map(|(pair, conditions)| write_markdown(pair, conditions)).collect::<Vec<_>>().join("\n")
        }
        DiffFormat::Html => {
            let [(pair, conditions)] = pairs.as_slice() else {
                let count = pairs.len();
                return Err(Trouble::usage(words!(
                    "a page is of one journey, and {count} have changed: name one",
                    "une page porte sur un parcours, et {count} ont changé : nommez-en un"
                )));
            };
            return written(options, &write_html(pair, conditions));
        }
    };
    for one in others {
        page += &format!("{}\n", other(one).get(lang));
    }
    if pairs.is_empty() && others.is_empty() {
        page += &format!("{}\n", lang.pick("Nothing has changed.", "Rien n’a changé."));
    }
    written(options, &page)
}

fn written(options: &DiffOptions, text: &str) -> Result<(), Trouble> {
    match &options.output {
        Some(path) => files::write(path, text),
        None => print(text),
    }
}

/// A journey as lines that a diff can compare: one blank between words, so that a table which is aligned anew is no change.
fn textconv(options: &DiffOptions) -> Result<Exit, Trouble> {
    let [name] = options.what.as_slice() else {
        return Err(Trouble::usage(words!("`--textconv` takes one file", "`--textconv` prend un seul fichier")));
    };
    let root = read_root(Path::new(name))?;
    let text = match root.text {
        Ok(text) => text,
        Err(Unfit::TooLarge) => return Err(Trouble::usage(words!("`{name}` is too large", "`{name}` est trop volumineux"))),
        Err(Unfit::NotText { bytes, .. }) => String::from_utf8_lossy(&bytes).into_owned(),
    };
    let mut sources = crate::diagnostics::Sources::default();
    let file = sources.add(name.clone(), text.clone());
    let text = crate::syntax::format(file, &text).unwrap_or(text);
    print(&text.lines().map(|line| unaligned(line) + "\n").collect::<String>())?;
    Ok(Exit::Fine)
}

/// A line with one blank where there are more, its indent and what stands between quotes apart.
fn unaligned(line: &str) -> String {
    let indent = line.len() - line.trim_start().len();
    let mut out = line[..indent].to_owned();
    let (mut in_text, mut escaped) = (false, false);
    for c in line[indent..].chars() {
        if in_text {
            in_text = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
        } else if c == ' ' && out.ends_with(' ') {
            continue;
        } else {
            in_text = c == '"';
        }
        out.push(c);
    }
    out
}

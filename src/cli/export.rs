//! `jalon export`: the chain of a journey for other programs.

use super::args::{ExportOptions, Format, To};
use super::exit::{Exit, Trouble, reason};
use super::findings::Telling;
use super::policy::Policy;
use super::{files, findings};
use crate::compile::Journey;
use crate::diagnostics::{closest, has_errors};
use crate::export::{Subject, passages, write_dot, write_dot_states, write_json, write_prism};
use crate::model::ScenarioId;
use crate::words;
use std::fmt;
use std::io::{BufWriter, Write};

pub(super) fn export(options: &ExportOptions) -> Result<Exit, Trouble> {
    let policy = Policy::of(&options.input)?;
    let machine = !matches!(options.input.format, Format::Human | Format::Plain);
    if machine && options.output.is_none() {
        return Err(Trouble::usage(words!(
            "findings and the exported journey cannot both stand on standard output: name a file with `-o`",
            "les constats et le parcours exporté ne peuvent pas tous deux sortir sur la sortie standard : nommez un fichier avec `-o`"
        )));
    }
    if options.states && options.to != To::Dot {
        return Err(Trouble::usage(words!(
            "`--states` goes with `--to dot`: the other forms always hold the states",
            "`--states` va avec `--to dot` : les autres formes contiennent toujours les états"
        )));
    }
    let compiled = findings::compiled(&options.input)?;
    let telling = Telling::new(&options.input, &compiled, &policy);
    let Some(journey) = &compiled.journey else { return telling.refuse() };
    let told = || {
        let scenario = options.scenario.as_deref().map(|name| scenario(journey, name)).transpose()?;
        let said = telling.judged(None);
        write(options, &Subject { journey, scenario }, &telling)?;
        telling.report(&said)?;
        Ok(if has_errors(&said) { Exit::Failed } else { Exit::Fine })
    };
    told().map_err(|t: Trouble| t.told_in(telling.lang))
}

fn scenario(journey: &Journey, name: &str) -> Result<ScenarioId, Trouble> {
    let mut names = journey.program.scenarios.iter().map(|(s, _)| s.name.name.as_str());
    if let Some(at) = names.clone().position(|known| known == name) {
        return Ok(ScenarioId::new(at));
    }
    let said = if let Some(near) = closest(name, names.clone()) {
        words!(
            "this journey has no scenario `{name}`: did you mean `{near}`?",
            "ce parcours n'a pas de scénario `{name}` : vouliez-vous dire `{near}` ?"
        )
    } else if names.next().is_none() {
        words!("this journey has no scenarios", "ce parcours n'a pas de scénarios")
    } else {
        let all: Vec<String> = journey.program.scenarios.iter().map(|(s, _)| format!("`{}`", s.name.name)).collect();
        let all = all.join(", ");
        words!("this journey has no scenario `{name}`; it has {all}", "ce parcours n'a pas de scénario `{name}` ; il a {all}")
    };
    Err(Trouble::usage(said))
}

fn write(options: &ExportOptions, subject: &Subject<'_>, telling: &Telling<'_>) -> Result<(), Trouble> {
    let passages = if options.to == To::Dot && !options.states { passages(subject).ok() } else { None };
    if options.to == To::Dot && !options.states && passages.is_none() {
        let said = words!(
            "the arrows carry no numbers: this journey has no exact figures, because a horizon cuts it",
            "les flèches ne portent pas de nombres : ce parcours n'a pas de chiffres exacts, car un horizon le coupe"
        );
        files::say(said.get(telling.lang));
    }
    let content = |out: &mut dyn fmt::Write| match options.to {
        To::Prism => write_prism(subject, out),
        To::Json => write_json(subject, out),
        To::Dot if options.states => write_dot_states(subject, out),
        To::Dot => write_dot(subject, passages.as_deref(), out),
    };
    match &options.output {
        Some(path) => files::stream(path, |file| written(file, content)),
        None => match written(&mut std::io::stdout().lock(), content) {
            Err(e) if e.kind() != std::io::ErrorKind::BrokenPipe => Err(Trouble::output(&reason(&e))),
            _ => Ok(()),
        },
    }
}

/// Bytes for a writer of text, piece by piece.
fn written(to: &mut dyn Write, content: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> std::io::Result<()> {
    let mut bytes = Bytes { to: BufWriter::new(to), trouble: None };
    let done = content(&mut bytes);
    match (bytes.trouble, done) {
        (Some(trouble), _) => Err(trouble),
        (None, Err(fmt::Error)) => Err(std::io::Error::other("formatting failed")),
        (None, Ok(())) => bytes.to.flush(),
    }
}

struct Bytes<W: Write> {
    to: W,
    trouble: Option<std::io::Error>,
}

impl<W: Write> fmt::Write for Bytes<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.to.write_all(text.as_bytes()).map_err(|trouble| {
            self.trouble = Some(trouble);
            fmt::Error
        })
    }
}

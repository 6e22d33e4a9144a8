//! Workflow commands that GitHub shows beside the lines of a pull request.
//!
//! A step shows ten annotations of each level and drops the rest without a word. So at most ten are written: beyond, the tenth
//! says how many more there are, and where. In values `%` and line ends are escaped, in properties `:` and `,` too.

use super::plain::harmless;
use super::{Diagnostic, Severity, Sources, Span};
use crate::locale::Lang;
use crate::words;
use std::fmt::Write;

/// So many annotations of a level are shown for a step.
const SHOWN: usize = 10;
/// So many places are named in the last of too many.
const PLACES: usize = 30;

/// Something to show beside a line.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// How bad it is.
    pub severity: Severity,
    /// Where.
    pub span: Span,
    /// In a few words.
    pub title: String,
    /// What is to be said.
    pub message: String,
    /// What stands for it in a list: a code, if it has one.
    pub short: String,
}

/// One command per line.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    let annotation = |d: &Diagnostic| Annotation {
        severity: d.severity,
        span: d.span(),
        title: title(d),
        message: said(d, lang),
        short: d.code.number().to_owned(),
    };
    let annotations: Vec<Annotation> = diagnostics.iter().map(annotation).collect();
    annotate(annotations.iter().map(|a| (a, sources)), lang)
}

/// The same of anything that has a place, each in its own texts.
#[must_use]
pub fn annotate<'a>(all: impl Iterator<Item = (&'a Annotation, &'a Sources)>, lang: Lang) -> String {
    let all: Vec<(&Annotation, &Sources)> = all.collect();
    let mut lines = String::new();
    for severity in [Severity::Error, Severity::Warning, Severity::Note] {
        let level: Vec<(&Annotation, &Sources)> = all.iter().copied().filter(|(a, _)| a.severity == severity).collect();
        let alone = if level.len() > SHOWN { SHOWN - 1 } else { level.len() };
        let (alone, rest) = level.split_at(alone);
        for (annotation, sources) in alone {
            command(&mut lines, annotation, &annotation.title, &annotation.message, sources);
        }
        if let Some((first, sources)) = rest.first() {
            let count = rest.len();
            let title = words!("{count} more", "{count} de plus");
            command(&mut lines, first, title.get(lang), &places(rest, lang), sources);
        }
    }
    lines
}

fn command(lines: &mut String, annotation: &Annotation, title: &str, message: &str, sources: &Sources) {
    let level = match annotation.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let span = annotation.span;
    let source = sources.get(span.file);
    let (from, to) = (source.position(span.start), source.position(span.end));
    let mut place = format!("file={},line={},col={}", property(&source.name.replace('\\', "/")), from.line, from.column);
    // Columns are only understood on one line.
    if to.line == from.line && to.column > from.column {
        let _ = write!(place, ",endLine={},endColumn={}", to.line, to.column);
    }
    let _ = writeln!(lines, "::{level} {place},title={}::{}", property(title), value(message));
}

fn title(diagnostic: &Diagnostic) -> String {
    format!("{} {}", diagnostic.code.number(), diagnostic.code.slug().replace('-', " "))
}

/// Message, reasons and mends, a line each.
fn said(diagnostic: &Diagnostic, lang: Lang) -> String {
    let mut text = diagnostic.message.get(lang).to_owned();
    let here = diagnostic.labels[0].text.get(lang);
    if !here.is_empty() {
        let _ = write!(text, " ({here})");
    }
    for note in &diagnostic.notes {
        let _ = write!(text, "\nnote{} {}", lang.pick(":", "\u{a0}:"), note.get(lang));
    }
    for help in &diagnostic.help {
        let _ = write!(text, "\n{} {}", lang.pick("help:", "aide\u{a0}:"), help.text.get(lang));
    }
    text
}

/// Codes and places of findings that get no annotation of their own.
fn places(rest: &[(&Annotation, &Sources)], lang: Lang) -> String {
    let place = |(a, sources): &(&Annotation, &Sources)| {
        let source = sources.get(a.span.file);
        format!("{} {}:{}", a.short, source.name, source.position(a.span.start).line)
    };
    let mut named: Vec<String> = rest.iter().take(PLACES).map(place).collect();
    if rest.len() > PLACES {
        named.push("…".to_owned());
    }
    let list = named.join(", ");
    let text = words!(
        "GitHub shows ten annotations of a level; the others are {list}",
        "GitHub montre dix annotations par niveau ; les autres sont {list}"
    );
    text.get(lang).to_owned()
}

fn value(text: &str) -> String {
    let text: String = text.chars().map(harmless).collect();
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    value(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;

    fn warnings(count: usize) -> (Sources, Vec<Diagnostic>) {
        let mut sources = Sources::default();
        let file = sources.add("a,b:c.journey", "x\n".repeat(count));
        let found = (0..count).map(|i| {
            let span = Span::new(file, 2 * i, 2 * i + 1);
            Diagnostic::new(Code::Unreachable, span, words!("100 % of `{i}`\n::set-env", "100 % de `{i}`"))
                .note(words!("so it is", "c'est ainsi"))
        });
        let found = found.collect();
        (sources, found)
    }

    /// The escapes are those of the runner's own toolkit: `%`, CR, LF in data; `:` and `,` too in properties.
    #[test]
    fn everything_is_escaped() {
        let (sources, found) = warnings(1);
        assert_eq!(
            render(&found, &sources, Lang::En),
            "::warning file=a%2Cb%3Ac.journey,line=1,col=1,endLine=1,endColumn=2,title=J0301 unreachable touchpoint\
             ::100 %25 of `0`%0A::set-env%0Anote: so it is\n"
        );
    }

    #[test]
    fn the_tenth_stands_for_the_rest() {
        let (sources, found) = warnings(10);
        assert_eq!(render(&found, &sources, Lang::En).lines().count(), 10);
        let (sources, mut found) = warnings(13);
        found[0].severity = Severity::Error;
        let page = render(&found, &sources, Lang::En);
        let levels: Vec<_> = page.lines().map(|l| l.split(' ').next().unwrap()).collect();
        assert_eq!((levels.len(), levels[0], levels[1]), (11, "::error", "::warning"));
        // Twelve warnings: nine alone, on lines 2 to 10; the tenth tells of lines 11 to 13.
        let last = page.lines().last().unwrap();
        assert!(last.contains("line=11,") && last.contains("title=3 more"), "{last}");
        assert!(last.contains("J0301 a,b:c.journey:11, J0301 a,b:c.journey:12, J0301 a,b:c.journey:13"), "{last}");
    }
}

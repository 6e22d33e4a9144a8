//! The page that people read, drawn by annotate-snippets.

use super::{Diagnostic, Edit, FileId, Label, Severity, Source, Sources, Span, worst};
use crate::limits::{LONGEST_EXCERPT, MOST_SHOWN};
use crate::locale::Lang;
use crate::words;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet, Title};
use std::borrow::Cow;
use std::ops::Range;

/// Labels further apart than this many lines are shown as two excerpts.
const SAME_EXCERPT: u32 = 40;

/// One page per finding, in the order given, with an empty line after each; the worst [`MOST_SHOWN`] of them, and how many more
/// there are.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode);
    let shown = worst(diagnostics, MOST_SHOWN);
    let mut pages: String = shown.iter().map(|d| renderer.render(&page(d, sources, lang)) + "\n\n").collect();
    let more = diagnostics.len() - shown.len();
    if more > 0 {
        let said = words!("… and {more} more findings", "… et {more} autres messages");
        pages.push_str(said.get(lang));
        pages.push_str("\n\n");
    }
    pages
}

fn page<'a>(diagnostic: &'a Diagnostic, sources: &'a Sources, lang: Lang) -> Vec<Group<'a>> {
    let excerpts = excerpts(&diagnostic.labels);
    let mut main = title(diagnostic, lang)
        .elements(excerpts.into_iter().map(|labels| snippet(&labels, diagnostic.span(), sources, lang)).collect::<Vec<_>>());
    for note in &diagnostic.notes {
        main = main.element(Level::NOTE.with_name(Some(lang.pick("note", "note\u{a0}"))).message(note.get(lang)));
    }
    let help = Level::HELP.with_name(Some(lang.pick("help", "aide\u{a0}")));
    let mut groups = Vec::new();
    for h in &diagnostic.help {
        match &h.edit {
            None => main = main.element(help.clone().message(h.text.get(lang))),
            Some(edit) if is_long(edit, sources) => main = main.element(help.clone().message(h.text.get(lang))),
            Some(edit) => groups.push(help.clone().secondary_title(h.text.get(lang)).element(patch(edit, sources))),
        }
    }
    groups.insert(0, main);
    groups
}

/// The first line. The renderer sets a colon right behind the code: in French a space belongs before it, so that the code is written
/// as a part of the level's name.
fn title(diagnostic: &Diagnostic, lang: Lang) -> Title<'_> {
    let (level, name) = match diagnostic.severity {
        Severity::Error => (Level::ERROR, lang.pick("error", "erreur")),
        Severity::Warning => (Level::WARNING, lang.pick("warning", "attention")),
        Severity::Note => (Level::NOTE, "note"),
    };
    let (code, message) = (diagnostic.code.number(), diagnostic.message.get(lang));
    match lang {
        Lang::En => level.with_name(Some(name)).primary_title(message).id(code),
        Lang::Fr => level.with_name(Some(format!("{name}[{code}]\u{a0}"))).primary_title(message),
    }
}

/// The labels file by file and near by near, the primary one's excerpt first.
fn excerpts(labels: &[Label]) -> Vec<Vec<&Label>> {
    let mut excerpts: Vec<Vec<&Label>> = Vec::new();
    for label in labels {
        let near = |other: &&Label| {
            other.span.file == label.span.file && other.span.start.abs_diff(label.span.start) < SAME_EXCERPT * 80
        };
        match excerpts.iter_mut().find(|e| e.iter().any(near)) {
            Some(excerpt) => excerpt.push(label),
            None => excerpts.push(vec![label]),
        }
    }
    excerpts
}

/// The lines that some labels stand in, and nothing else: passing a whole large file to the renderer would be slow.
fn snippet<'a>(
    labels: &[&'a Label],
    primary: Span,
    sources: &'a Sources,
    lang: Lang,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let window = Window::around(labels.iter().map(|l| l.span), sources);
    let mark = |label: &&'a Label| {
        let kind = if label.span == primary { AnnotationKind::Primary } else { AnnotationKind::Context };
        let text = label.text.get(lang);
        kind.span(window.within(label.span)).label((!text.is_empty()).then_some(text))
    };
    let annotations: Vec<_> = labels.iter().map(mark).collect();
    Snippet::source(window.text).path(window.name).line_start(window.first_line).annotations(annotations)
}

/// Whether an edit stands on a line too long to be shown with it.
fn is_long(edit: &Edit, sources: &Sources) -> bool {
    Window::around(std::iter::once(edit.span), sources).text.len() > LONGEST_EXCERPT
}

fn patch<'a>(edit: &'a Edit, sources: &'a Sources) -> Snippet<'a, Patch<'a>> {
    let window = Window::around(std::iter::once(edit.span), sources);
    let patch = Patch::new(window.within(edit.span), edit.replacement.as_str());
    Snippet::source(window.text).path(window.name).line_start(window.first_line).patch(patch)
}

/// The text with a line feed for each carriage return that none follows.
fn with_line_feeds(text: &str) -> String {
    let mut chars = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = chars.next() {
        out.push(if c == '\r' && chars.peek() != Some(&'\n') { '\n' } else { c });
    }
    out
}

/// Whole lines of one file, without what only colours or styles the sign before it: the renderer counts that as a sign of its
/// own, terminals do not.
struct Window<'a> {
    name: &'a str,
    text: Cow<'a, str>,
    first_line: usize,
    start: usize,
    end: usize,
    /// Where characters were left out: their bytes in the source.
    left_out: Vec<Range<usize>>,
    source: &'a Source,
}

impl<'a> Window<'a> {
    fn around(spans: impl Iterator<Item = Span>, sources: &'a Sources) -> Self {
        let spans: Vec<Span> = spans.collect();
        let file = spans.first().map_or(FileId(0), |s| s.file);
        let source = sources.get(file);
        let line = |byte: u32| source.position(byte).line;
        let first = spans.iter().map(|s| line(s.start)).min().unwrap_or(1);
        let last = spans.iter().map(|s| line(s.end)).max().unwrap_or(1);
        let start = source.line_start(first);
        let end = if last < source.line_count() { source.line_start(last + 1) } else { source.text.len() };
        let written = &source.text[start..end];
        let styles = written.match_indices(is_style).map(|(at, c)| start + at..start + at + c.len());
        let left_out: Vec<Range<usize>> = styles.collect();
        let mut text = if left_out.is_empty() { Cow::Borrowed(written) } else { Cow::Owned(written.replace(is_style, "")) };
        // The renderer knows line feeds only; a carriage return is as long.
        if text.contains('\r') {
            text = Cow::Owned(with_line_feeds(&text));
        }
        Self { name: &source.name, text, first_line: first as usize, start, end, left_out, source }
    }

    /// A span within the window, on character boundaries: the renderer panics on any other.
    fn within(&self, span: Span) -> Range<usize> {
        let inside = |byte: u32| {
            let byte = self.source.floor(byte as usize).clamp(self.start, self.end);
            let gone: usize = self.left_out.iter().filter(|out| out.start < byte).map(ExactSizeIterator::len).sum();
            byte - self.start - gone
        };
        let (start, end) = (inside(span.start), inside(span.end));
        start..end.max(start)
    }
}

/// The five colours of skin, and the selectors of text and picture style.
fn is_style(c: char) -> bool {
    matches!(c, '\u{1f3fb}'..='\u{1f3ff}' | '\u{fe0e}' | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Code;
    use crate::words;
    use unicode_width::UnicodeWidthStr;

    /// Width on a terminal of what stands before `what` on the first line that holds it.
    fn width_before(page: &str, what: &str) -> usize {
        let before = page.lines().find_map(|line| Some(line.split_once(what)?.0));
        before.unwrap_or_else(|| panic!("no {what} in\n{page}")).width()
    }

    #[test]
    fn marks_stand_under_what_they_mark() {
        for before in [
            "goal a ",
            "goal a \"日本語のラベル\" ",
            "goal a \"e\u{301}te\u{301} de\u{301}ja\u{300}\" ",
            "goal a \"🎉🧑🏽🇫🇷\" ",
            "goal a \"❤\u{fe0f} 1\u{fe0f}\u{20e3}\" ",
            "goal a \"👩\u{200d}👩\u{200d}👧\" ",
            "\tgoal a\t\"x\"\t",
            "goal a \u{1b}[31m ",
            "goal a \u{202e}\u{200b}",
        ] {
            let mut sources = Sources::default();
            let file = sources.add("a.journey", format!("journey a\n{before}HERE behind\n"));
            let start = "journey a\n".len() + before.len();
            let found = Diagnostic::new(Code::UnexpectedText, Span::new(file, start, start + 4), words!("wrong", "faux"));
            let page = render(&[found], &sources, Lang::En, false);
            assert_eq!(width_before(&page, "━━━━"), width_before(&page, "HERE"), "{before:?}\n{page}");
            assert!(!page.contains(['\t', '\u{1b}', '\u{202e}']), "{before:?}\n{page}");
        }
    }
}

//! The page that people read, drawn by annotate-snippets.

use super::{Diagnostic, Edit, FileId, Label, Severity, Source, Sources, Span, worst};
use crate::limits::{LONGEST_EXCERPT, MOST_SHOWN};
use crate::locale::Lang;
use crate::words;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use std::borrow::Cow;

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
    let mut main =
        level(diagnostic.severity, lang).primary_title(diagnostic.message.get(lang)).id(diagnostic.code.number()).elements(
            excerpts(&diagnostic.labels)
                .into_iter()
                .map(|labels| snippet(&labels, diagnostic.span(), sources, lang))
                .collect::<Vec<_>>(),
        );
    for note in &diagnostic.notes {
        main = main.element(Level::NOTE.with_name(Some("note")).message(note.get(lang)));
    }
    let help = Level::HELP.with_name(Some(lang.pick("help", "aide")));
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

fn level(severity: Severity, lang: Lang) -> Level<'static> {
    match severity {
        Severity::Error => Level::ERROR.with_name(Some(lang.pick("error", "erreur"))),
        Severity::Warning => Level::WARNING.with_name(Some(lang.pick("warning", "attention"))),
        Severity::Note => Level::NOTE.with_name(Some("note")),
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

/// Whole lines of one file.
struct Window<'a> {
    name: &'a str,
    text: Cow<'a, str>,
    first_line: usize,
    start: usize,
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
        let mut text = Cow::Borrowed(&source.text[start..end]);
        // The renderer knows line feeds only; a carriage return is as long.
        if text.contains('\r') {
            text = Cow::Owned(with_line_feeds(&text));
        }
        Self { name: &source.name, text, first_line: first as usize, start, source }
    }

    /// A span within the window, on character boundaries: the renderer panics on any other.
    fn within(&self, span: Span) -> std::ops::Range<usize> {
        let inside = |byte: u32| self.source.floor(byte as usize).clamp(self.start, self.start + self.text.len()) - self.start;
        let (start, end) = (inside(span.start), inside(span.end));
        start..end.max(start)
    }
}

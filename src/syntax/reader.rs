//! Lines → facts: each line is read by the production of its block, mended where that fails, and handed to a builder.

use super::build::{Built, too_deep};
use super::draft::Draft;
use super::grammar::{Piece, Unread, read_line};
use super::outline::{Body, Line};
use super::recover::quoted;
use super::words::{Block, Form, first_word, is_letter};
use crate::diagnostics::{Code, Diagnostic, FileId, Span, keep};
use crate::limits::{DEEPEST_NESTING, LONGEST_NAME, MOST_FINDINGS};
use crate::words;
use std::ops::Range;

/// Reads the lines of one text and keeps what it has to say about them.
pub(super) struct Reader<'t> {
    pub(super) file: FileId,
    pub(super) text: &'t str,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// What makes a part of the tree of a fact and of the block that it opens.
pub(super) type Builder<'b, 't> = &'b mut dyn FnMut(&mut Reader<'t>, &Draft<'_>, &Piece<'_>, Option<&Body>) -> Built<()>;

impl<'t> Reader<'t> {
    /// Reads lines of one block.
    pub(super) fn facts(&mut self, block: Block, lines: &[Line], build: Builder<'_, 't>) {
        for line in lines {
            self.fact(block, line, build);
        }
    }

    /// Reads one line: nothing, one fact, or several if the author put them there.
    pub(super) fn fact(&mut self, block: Block, line: &Line, build: Builder<'_, 't>) {
        let Some(production) = block.production().filter(|_| !line.range.is_empty()) else { return };
        let draft = Draft::of(self.file, self.text, line.range.clone());
        if nesting(&draft.text) > DEEPEST_NESTING {
            return self.say(too_deep(draft.whole()));
        }
        if let Some(name) = too_long(&draft.text) {
            return self.say(name_too_long(draft.at(name.clone()), &draft.text[name]));
        }
        let first = match read_line(production, &draft.text) {
            Ok(piece) => {
                if let Some(form) = block.form(first_word(&draft.text)) {
                    self.check_block(form, &draft, line.body.as_ref());
                }
                return self.build(&draft, &piece, line.body.as_ref(), build);
            }
            Err(Unread::At(at)) => at,
            Err(Unread::TooDeep) => return self.say(too_deep(draft.whole())),
        };
        if self.has_enough() {
            return;
        }
        let drafts = self.recover(block, production, &draft, first);
        let last = drafts.len().saturating_sub(1);
        for (i, draft) in drafts.iter().enumerate() {
            let body = line.body.as_ref().filter(|_| i == last);
            if let Ok(piece) = read_line(production, &draft.text) {
                self.build(draft, &piece, body, build);
            }
        }
        if drafts.is_empty()
            && let Some(body) = &line.body
        {
            self.skim(body);
        }
    }

    fn build(&mut self, draft: &Draft<'_>, piece: &Piece<'_>, body: Option<&Body>, build: Builder<'_, 't>) {
        if let Err(found) = build(self, draft, piece, body) {
            self.say(*found);
        }
    }

    /// Puts a finding down.
    pub(super) fn say(&mut self, found: Diagnostic) {
        keep(&mut self.diagnostics, found);
    }

    /// Whether so much is wrong that no more mends are looked for.
    pub(super) fn has_enough(&self) -> bool {
        self.diagnostics.len() > MOST_FINDINGS
    }

    /// A block where none may be, none where one must be.
    fn check_block(&mut self, form: &Form, draft: &Draft<'_>, body: Option<&Body>) {
        let word = form.word;
        match (form.opens, body) {
            (None, Some(body)) => {
                let brace = Span::new(self.file, body.open, body.open + 1);
                let message = words!("`{word}` opens no block", "`{word}` n'ouvre pas de bloc");
                self.say(Diagnostic::new(Code::UnexpectedText, brace, message));
            }
            (Some(opens), None) if opens.is_required() => {
                let message = words!("the block of `{word}` is missing", "il manque le bloc de `{word}`");
                let found = Diagnostic::new(Code::MissingFact, draft.whole(), message);
                let help = words!("open it at the end of this line", "ouvrez-le à la fin de cette ligne");
                self.say(found.mend(help, draft.whole().after(), " {\n}", false));
            }
            _ => {}
        }
    }

    /// The whole of a fact: its line and its block.
    pub(super) fn extent(&self, draft: &Draft<'_>, body: Option<&Body>) -> Span {
        let line = draft.whole();
        body.map_or(line, |body| line.to(Span::new(self.file, body.end, body.end)))
    }

    /// Some bytes of the text as a span.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }
}

/// The first word of a line that is too long for a name, those in texts and numbers apart.
fn too_long(line: &str) -> Option<Range<usize>> {
    // No word is longer than its line, and most lines are short.
    if line.len() <= LONGEST_NAME {
        return None;
    }
    let mut in_text = false;
    let mut word: Option<(usize, usize)> = None;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        in_text ^= c == '"';
        word = match word {
            Some((start, letters)) if is_letter(c) => Some((start, letters + 1)),
            Some((start, letters)) if letters > LONGEST_NAME => return Some(start..at),
            _ if !in_text && is_letter(c) => Some((at, 1)),
            _ => None,
        }
        .filter(|(start, _)| !line.as_bytes()[*start].is_ascii_digit());
    }
    None
}

fn name_too_long(span: Span, name: &str) -> Diagnostic {
    let shown = quoted(name);
    Diagnostic::new(
        Code::NameTooLong,
        span,
        words!("the name {shown} has more than {LONGEST_NAME} characters", "le nom {shown} a plus de {LONGEST_NAME} caractères"),
    )
    .help(words!(
        "give a short name, and put the long one between quotes behind it",
        "donnez un nom court, et mettez le long entre guillemets à sa suite"
    ))
}

/// How deep the parentheses of a line go, those in texts apart.
fn nesting(line: &str) -> usize {
    let (mut depth, mut deepest, mut in_text) = (0_usize, 0, false);
    for byte in line.bytes() {
        match byte {
            b'"' => in_text = !in_text,
            b'(' if !in_text => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b')' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

//! Text → lines and blocks.
//!
//! A missing `}` is found where it is missing: a word that starts a top form starts no fact inside a block (scenarios apart),
//! so the block before it was not closed. A missing `{` is seen by the line after it. Nothing is lost to either.

use super::grammar::{Rule, read};
use super::words::{ARROW, Block, first_word, is_top_word, replaces};
use crate::diagnostics::{Code, Diagnostic, FileId, Span, keep};
use crate::limits::DEEPEST_BLOCK;
use crate::words;
use std::ops::Range;

/// One fact, or the head of a block.
#[derive(Debug)]
pub(super) struct Line {
    /// Its bytes, without what surrounds it.
    pub(super) range: Range<usize>,
    /// The block that it opens.
    pub(super) body: Option<Body>,
}

/// What stands between two braces.
#[derive(Debug)]
pub(super) struct Body {
    /// What may stand in it, as far as the head tells.
    pub(super) kind: Block,
    /// Where its `{` stands, or should.
    pub(super) open: usize,
    /// Right after its `}`, or where that should stand.
    pub(super) end: usize,
    /// Its lines.
    pub(super) lines: Vec<Line>,
}

/// Splits a text into the lines of its top level, each with its block.
pub(super) fn outline(file: FileId, text: &str, diagnostics: &mut Vec<Diagnostic>) -> Vec<Line> {
    let Some(tokens) = tokens(text) else {
        diagnostics.push(Diagnostic::new(
            Code::UnexpectedText,
            Span::new(file, 0, 0),
            words!("this text cannot be read", "ce texte ne peut pas être lu"),
        ));
        return Vec::new();
    };
    let (lines, mut found) = arrange(file, text, &tokens, false);
    // Where braces do not come out even, indentation often knows which of them is missing.
    if found.iter().any(|d| d.code == Code::UnclosedBlock) {
        let (by_indent, instead) = arrange(file, text, &tokens, true);
        if instead.len() <= found.len() {
            diagnostics.extend(instead);
            return by_indent;
        }
    }
    diagnostics.append(&mut found);
    lines
}

/// The lines that the tokens make, and what is wrong with their blocks. `by_indent`: a `}` that stands under the head of an outer
/// block closes that one.
fn arrange(file: FileId, text: &str, tokens: &[Token], by_indent: bool) -> (Vec<Line>, Vec<Diagnostic>) {
    let mut diagnostics = Vec::new();
    let mut outliner = Outliner {
        file,
        text,
        tokens,
        by_indent,
        diagnostics: &mut diagnostics,
        root: Vec::new(),
        open: Vec::new(),
        skipped: 0,
        stray: 0,
        row: Row::default(),
    };
    for at in 0..tokens.len() {
        outliner.take(at);
    }
    (outliner.finish(), diagnostics)
}

#[derive(Clone, Debug)]
enum Token {
    Line(Range<usize>),
    Open(usize),
    Close(usize),
    LineEnd,
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let outline = read(Rule::outline, text).ok()?.next()?;
    let token = |piece: super::grammar::Piece<'_>| {
        let span = piece.as_span();
        match piece.as_rule() {
            Rule::line => {
                let written = span.as_str().trim_end();
                Some(Token::Line(span.start()..span.start() + written.len()))
            }
            Rule::open => Some(Token::Open(span.start())),
            Rule::close => Some(Token::Close(span.start())),
            Rule::line_end => Some(Token::LineEnd),
            _ => None,
        }
    };
    Some(outline.into_inner().filter_map(token).collect())
}

/// A block whose `}` has not come yet.
struct Frame {
    line: Line,
    body: Body,
    /// A fact behind the `{` on the same line.
    inline: Option<Range<usize>>,
    /// For a scenario that is never closed: what stands no deeper than its head is not in it.
    closed_at_indent: Option<usize>,
}

/// What has been met since the last line end.
#[derive(Default)]
struct Row {
    /// A fact behind the `{` of its own line.
    inline: Option<Range<usize>>,
    lines: usize,
    opened: bool,
    closed: bool,
}

struct Outliner<'a> {
    file: FileId,
    text: &'a str,
    tokens: &'a [Token],
    by_indent: bool,
    diagnostics: &'a mut Vec<Diagnostic>,
    root: Vec<Line>,
    open: Vec<Frame>,
    skipped: usize,
    /// How many `{` opened nothing: so many `}` may close nothing, and have been spoken of.
    stray: usize,
    row: Row,
}

impl Outliner<'_> {
    fn take(&mut self, at: usize) {
        match &self.tokens[at] {
            Token::LineEnd => self.end_row(),
            Token::Open(brace) => self.open(at, *brace),
            Token::Close(brace) => self.close(*brace),
            Token::Line(_) if self.skipped > 0 => {}
            Token::Line(range) => self.line(at, range.clone()),
        }
    }

    fn finish(mut self) -> Vec<Line> {
        self.end_row();
        while let Some(frame) = self.open.pop() {
            self.unclosed(frame, None);
        }
        self.root
    }

    fn lines(&mut self) -> &mut Vec<Line> {
        self.open.last_mut().map_or(&mut self.root, |frame| &mut frame.body.lines)
    }

    fn block(&self) -> Block {
        self.open.last().map_or(Block::Top, |frame| frame.body.kind)
    }

    fn end_row(&mut self) {
        let inline = std::mem::take(&mut self.row).inline;
        if let Some(frame) = self.open.last_mut().filter(|_| inline.is_some()) {
            frame.inline = inline;
        }
    }

    fn line(&mut self, at: usize, range: Range<usize>) {
        if self.row.closed {
            let message = words!("nothing follows `}}` on its line", "rien ne suit `}}` sur sa ligne");
            let help = words!("start a new line here", "passez à la ligne ici");
            let edit = self.line_break(range.start, self.row_start(range.start), "");
            let found = Diagnostic::new(Code::OneFactPerLine, self.span(range.clone()), message);
            self.diagnostics.push(found.mend(help, edit.0, edit.1, true));
        } else if self.row.opened {
            self.row.inline = Some(range.clone());
        }
        self.row.lines += 1;
        let word = first_word(&self.text[range.clone()]).to_owned();
        while self.starts_anew(at, &word, range.start) {
            if let Some(frame) = self.open.pop() {
                self.unclosed(frame, Some(range.clone()));
            }
        }
        self.imply_open(&word);
        self.lines().push(Line { range, body: None });
    }

    /// Whether a line shows that the block around it was not closed: it starts as a top form does, or as the next branch
    /// after one with a block.
    fn starts_anew(&self, at: usize, word: &str, start: usize) -> bool {
        let Some(frame) = self.open.last() else { return false };
        if !is_top_word(word) {
            return frame.body.kind == Block::Branch && word == ARROW;
        }
        if frame.body.kind == Block::Scenario {
            return !(replaces(word) || self.is_misplaced(at, frame.body.kind))
                || frame.closed_at_indent.is_some_and(|indent| self.indent(start) <= indent);
        }
        !frame.body.kind.accepts(word) && !self.is_misplaced(at, frame.body.kind)
    }

    /// Whether a line, though it belongs elsewhere, stands within its block on purpose: it opens none of its own, and what
    /// follows goes on with the block or ends it.
    fn is_misplaced(&self, at: usize, block: Block) -> bool {
        let mut rest = self.tokens[at + 1..].iter();
        match rest.next() {
            Some(Token::LineEnd) => {}
            Some(Token::Close(_)) => return true,
            _ => return false,
        }
        match rest.find(|t| !matches!(t, Token::LineEnd)) {
            Some(Token::Close(_)) => true,
            Some(Token::Line(next)) => {
                let word = first_word(&self.text[next.clone()]);
                block.form(word).is_some() && !is_top_word(word)
            }
            _ => false,
        }
    }

    /// Opens the block of the line before, if this line can only be in it.
    fn imply_open(&mut self, word: &str) {
        let block = self.block();
        if block.accepts(word) || is_top_word(word) || self.row.lines > 1 || self.row.opened {
            return;
        }
        let text = self.text;
        let Some(before) = self.lines().last().filter(|l| l.body.is_none()) else { return };
        let opened = block.form(first_word(&text[before.range.clone()])).and_then(|form| form.opens);
        let Some(kind) = opened.filter(|kind| !matches!(kind, Block::Branch | Block::Race) && kind.form(word).is_some()) else {
            return;
        };
        let end = before.range.end;
        let span = Span::new(self.file, end, end);
        keep(
            self.diagnostics,
            Diagnostic::new(
                Code::MissingFact,
                span,
                words!("`{{` is missing at the end of this line", "il manque `{{` à la fin de cette ligne"),
            )
            .mend(words!("open the block", "ouvrez le bloc"), span, " {", true),
        );
        self.push_frame(kind, end, end);
    }

    /// Makes the last line the head of a block.
    fn push_frame(&mut self, kind: Block, open: usize, end: usize) {
        let Some(line) = self.lines().pop() else { return };
        self.open.push(Frame { line, body: Body { kind, open, end, lines: Vec::new() }, inline: None, closed_at_indent: None });
    }

    fn open(&mut self, at: usize, brace: usize) {
        if self.skipped > 0 || self.open.len() >= DEEPEST_BLOCK {
            if self.skipped == 0 {
                let message = words!("blocks are nested too deeply here", "les blocs sont trop imbriqués ici");
                self.report(Code::TooDeep, brace..brace + 1, message);
            }
            self.skipped += 1;
            return;
        }
        if self.is_stray_open(at) {
            let message = words!("this `{{` opens the block of nothing", "ce `{{` n'ouvre le bloc de rien");
            self.report(Code::UnexpectedText, brace..brace + 1, message);
            self.stray += 1;
            return;
        }
        let on_its_line = self.row.lines > 0;
        let (text, block) = (self.text, self.block());
        let head = self.lines().last().filter(|line| line.body.is_none()).map(|line| line.range.clone());
        let form = head.clone().and_then(|head| block.nearest_form(first_word(&text[head])));
        match head {
            Some(head) if on_its_line || form.is_some_and(|form| form.opens.is_some()) => {
                if !on_its_line {
                    self.brace_alone(head.end, brace);
                }
                let kind = form.map_or(Block::Unknown, |form| form.opens.unwrap_or(Block::Unknown));
                self.push_frame(kind, brace, brace + 1);
            }
            _ => {
                let message = words!("this `{{` opens the block of nothing", "ce `{{` n'ouvre le bloc de rien");
                self.report(Code::UnexpectedText, brace..brace + 1, message);
                self.lines().push(Line { range: brace..brace, body: None });
                self.push_frame(Block::Unknown, brace, brace + 1);
            }
        }
        self.row.opened = true;
        self.row.lines = 0;
        if self.block() == Block::Scenario && !self.is_closed_later(at) {
            let indent = self.open.last().map(|frame| self.indent(frame.line.range.start));
            if let Some(frame) = self.open.last_mut() {
                frame.closed_at_indent = indent;
            }
        }
    }

    /// Whether a `{` stands behind what opens no block, and what follows goes on as if it were not there.
    fn is_stray_open(&mut self, at: usize) -> bool {
        let (text, block) = (self.text, self.block());
        let head = self.lines().last().filter(|line| line.body.is_none()).map(|line| first_word(&text[line.range.clone()]));
        let head = head.and_then(|word| block.nearest_form(word));
        let next = self.tokens[at + 1..].iter().find(|token| !matches!(token, Token::LineEnd));
        let goes_on = match next {
            Some(Token::Line(range)) => block.form(first_word(&text[range.clone()])).is_some(),
            Some(_) => false,
            None => true,
        };
        let may_open = if self.row.lines > 0 {
            head.is_none_or(|form| form.opens.is_some())
        } else {
            head.is_some_and(|form| form.opens.is_some())
        };
        goes_on && !may_open
    }

    fn brace_alone(&mut self, head_end: usize, brace: usize) {
        let span = Span::new(self.file, brace, brace + 1);
        let message =
            words!("`{{` stands at the end of the line that it opens", "`{{` se place à la fin de la ligne qu'il ouvre");
        let gap = Span::new(self.file, head_end, brace + 1);
        let mut found = Diagnostic::new(Code::UnexpectedText, span, message);
        if self.text[head_end..brace].trim().is_empty() {
            found = found.mend(words!("put it there", "mettez-le là"), gap, " {", true);
        }
        keep(self.diagnostics, found);
    }

    /// Whether the block that opens at this token is closed before something that cannot be in it.
    fn is_closed_later(&self, at: usize) -> bool {
        let mut depth = 0_usize;
        for token in &self.tokens[at..] {
            match token {
                Token::Open(_) => depth += 1,
                Token::Close(_) if depth == 1 => return true,
                Token::Close(_) => depth -= 1,
                Token::Line(range) if first_word(&self.text[range.clone()]) == "scenario" => return false,
                Token::Line(_) | Token::LineEnd => {}
            }
        }
        false
    }

    fn close(&mut self, brace: usize) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        self.close_deeper(brace);
        let alone = self.row.lines == 0 || self.row.inline.take().is_some();
        let Some(mut frame) = self.open.pop() else {
            self.row.closed = true;
            if self.stray > 0 {
                self.stray -= 1;
                return;
            }
            let span = Span::new(self.file, brace, brace + 1);
            keep(
                self.diagnostics,
                Diagnostic::new(Code::StrayBrace, span, words!("this `}}` closes nothing", "ce `}}` ne ferme rien")).mend(
                    words!("remove it", "retirez-le"),
                    span,
                    "",
                    false,
                ),
            );
            self.row.closed = true;
            return;
        };
        if !alone && !self.row.closed {
            let message = words!("`}}` stands on a line of its own", "`}}` se place seul sur sa ligne");
            let help = words!("put it on the next line", "passez-le à la ligne suivante");
            let found = Diagnostic::new(Code::OneFactPerLine, self.span(brace..brace + 1), message);
            let edit = self.line_break(brace, frame.line.range.start, "");
            keep(self.diagnostics, found.mend(help, edit.0, edit.1, true));
        }
        if let Some(fact) = frame.inline.take() {
            let message = words!("what `{{` opens starts on the next line", "ce que `{{` ouvre commence à la ligne suivante");
            let help = words!("start a new line here", "passez à la ligne ici");
            let edit = self.line_break(fact.start, frame.line.range.start, "  ");
            let found = Diagnostic::new(Code::OneFactPerLine, self.span(fact), message);
            self.diagnostics.push(found.mend(help, edit.0, edit.1, true));
        }
        frame.body.end = brace + 1;
        self.put_back(frame);
        self.row.closed = true;
    }

    /// Closes the blocks that a `}` alone on its line leaves open inside the block under whose head it stands.
    fn close_deeper(&mut self, brace: usize) {
        let starts_its_line = self.row.lines == 0 && !self.row.opened && !self.row.closed;
        if !self.by_indent || !starts_its_line {
            return;
        }
        let indent = self.indent(brace);
        if !self.open.iter().any(|frame| self.indent(frame.line.range.start) == indent) {
            return;
        }
        while self.open.last().is_some_and(|frame| self.indent(frame.line.range.start) > indent) {
            if let Some(frame) = self.open.pop() {
                self.unclosed(frame, Some(brace..brace + 1));
            }
        }
    }

    fn put_back(&mut self, frame: Frame) {
        let Frame { mut line, body, .. } = frame;
        line.body = Some(body);
        self.lines().push(line);
    }

    fn unclosed(&mut self, mut frame: Frame, seen: Option<Range<usize>>) {
        let brace = usize::from(self.text[frame.body.open..].starts_with('{'));
        let head = frame.line.range.start..frame.body.open + brace;
        let last = frame.body.lines.last().map_or(frame.body.open + 1, |l| l.body.as_ref().map_or(l.range.end, |b| b.end));
        let last = last.min(self.text.len());
        frame.body.end = last;
        let name = super::recover::quoted(self.text[head.clone()].trim_end_matches('{'));
        let message =
            words!("the block of {name} is not closed: `}}` is missing", "le bloc de {name} n'est pas fermé : il manque `}}`");
        let mut found = Diagnostic::new(Code::UnclosedBlock, self.span(head), message).here(words!("opened here", "ouvert ici"));
        if let Some(seen) = seen {
            let text = if self.text[seen.clone()] == *"}" {
                words!("this closes the block around it", "ceci ferme le bloc qui l'entoure")
            } else {
                words!("this line is not in it any more", "cette ligne n'en fait déjà plus partie")
            };
            found = found.label(self.span(seen), text);
        }
        if let Some(blank) = blank_line_after(self.text, last) {
            found = found.label(self.span(blank..blank), words!("perhaps here", "peut-être ici"));
        }
        let indent = " ".repeat(self.indent(frame.line.range.start));
        let place = self.span(last..last);
        keep(self.diagnostics, found.mend(words!("close it", "fermez-le"), place, format!("\n{indent}}}"), false));
        self.put_back(frame);
    }

    /// The edit that puts what stands at a byte on a line of its own, as deep as the line that starts at `like`, and deeper by
    /// `more`.
    fn line_break(&self, at: usize, like: usize, more: &str) -> (Span, String) {
        let blanks = at - self.text[..at].trim_end_matches([' ', '\t']).len();
        let indent = &self.text[like - self.indent(like)..like];
        (self.span(at - blanks..at), format!("\n{indent}{more}"))
    }

    /// The first byte on the line of this one that is not blank.
    fn row_start(&self, at: usize) -> usize {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        start + self.text[start..at].len() - self.text[start..at].trim_start().len()
    }

    /// How many bytes stand before this one on its line, if they are all blank; deeper than anything if not.
    fn indent(&self, start: usize) -> usize {
        let blank = self.text[..start].bytes().rev().take_while(|b| *b == b' ' || *b == b'\t').count();
        match self.text.as_bytes().get(..start - blank).and_then(<[u8]>::last) {
            None | Some(b'\n' | b'\r') => blank,
            Some(_) => 0,
        }
    }

    fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.file, range.start, range.end)
    }

    fn report(&mut self, code: Code, range: Range<usize>, message: crate::locale::Words) {
        let span = self.span(range);
        keep(self.diagnostics, Diagnostic::new(code, span, message));
    }
}

/// Where the line after the one of this byte starts, if there is nothing on it.
fn blank_line_after(text: &str, at: usize) -> Option<usize> {
    let (_, rest) = text[at..].split_once('\n')?;
    let start = text.len() - rest.len();
    rest.split('\n').next().filter(|line| line.trim().is_empty())?;
    Some(start)
}

//! The same journey, spaced as nobody would: blanks, breaks and comments where the language lets them stand.
//!
//! Knows the language from its page, not from the formatter.

/// What is done to a text; each choice takes the next of a list of numbers, where 0 leaves things as they are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Liberties {
    /// Line ends after commas, operators and `(`, with comments among them; comments behind lines; blank lines.
    pub(crate) lines: bool,
    /// How lines end.
    pub(crate) end: &'static str,
}

/// A piece of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'t> {
    Blank,
    Word(&'t str),
    Number(&'t str),
    Text(&'t str),
    Sign(&'t str),
    Comment(&'t str),
}

const BLANKS: [&str; 6] = [" ", "   ", "\t", " \t ", "\u{a0}", "\u{202f} "];
const UNITS: [&str; 10] = ["EUR", "s", "min", "h", "day", "days", "months", "year", "years", "point"];
const TOP_WORDS: [&str; 29] = [
    "journey",
    "library",
    "locale",
    "currency",
    "horizon",
    "discount",
    "include",
    "source",
    "param",
    "law",
    "segment",
    "goal",
    "end",
    "consent",
    "resource",
    "facet",
    "memory",
    "persona",
    "channel",
    "arrive",
    "stage",
    "touchpoint",
    "path",
    "automation",
    "kpi",
    "claim",
    "expect",
    "scenario",
    "note",
];

/// The comments of a text, in their order, without the blanks at their end.
pub(crate) fn comments(text: &str) -> Vec<String> {
    let rows = text.split(['\n', '\r']);
    let found = rows.flat_map(pieces).filter_map(|piece| match piece {
        Piece::Comment(comment) => Some(comment.trim_end().to_owned()),
        _ => None,
    });
    found.collect()
}

fn pieces(row: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = row;
    while let Some(c) = rest.chars().next() {
        let run = |accepts: fn(char) -> bool| rest.find(|c| !accepts(c)).unwrap_or(rest.len());
        let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        // An accent may be a sign of its own behind its letter.
        let is_letter = |c: char| c.is_alphanumeric() || c == '_' || ('\u{300}'..'\u{370}').contains(&c);
        let (piece, length) = if is_blank(c) {
            (Piece::Blank, run(is_blank))
        } else if rest.starts_with("//") {
            (Piece::Comment(rest), rest.len())
        } else if c == '"' {
            let length = text_length(rest);
            (Piece::Text(&rest[..length]), length)
        } else if c.is_ascii_digit() {
            let mut length = run(|c| c.is_ascii_digit() || c == '_');
            if rest[length..].starts_with('.') && rest[length + 1..].starts_with(|c: char| c.is_ascii_digit()) {
                length += 1 + rest[length + 1..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - length - 1);
            }
            (Piece::Number(&rest[..length]), length)
        } else if is_letter(c) {
            let length = run(is_letter);
            (Piece::Word(&rest[..length]), length)
        } else {
            let long = ["->", "..", "<=", ">=", "!="].into_iter().find(|sign| rest.starts_with(sign));
            let length = long.map_or(c.len_utf8(), str::len);
            (Piece::Sign(&rest[..length]), length)
        };
        pieces.push(piece);
        rest = &rest[length..];
    }
    pieces
}

fn text_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

struct Spreader<'c> {
    choices: std::iter::Cycle<std::slice::Iter<'c, u8>>,
    liberties: Liberties,
    spread: String,
    comments: usize,
}

/// A text that says the same, with other blanks, line ends and comments.
pub(crate) fn spread(text: &str, choices: &[u8], liberties: Liberties) -> String {
    let mut spreader = Spreader { choices: choices.iter().cycle(), liberties, spread: String::new(), comments: 0 };
    for row in text.replace("\r\n", "\n").replace('\r', "\n").lines() {
        spreader.row(&pieces(row));
    }
    spreader.spread
}

impl Spreader<'_> {
    fn choice(&mut self) -> usize {
        self.choices.next().map_or(0, |choice| usize::from(*choice))
    }

    fn row(&mut self, row: &[Piece<'_>]) {
        if self.liberties.lines && self.choice() % 7 == 6 {
            self.loose_row();
        }
        let solid: Vec<Piece<'_>> = row.iter().copied().filter(|piece| *piece != Piece::Blank).collect();
        let mut before: Option<Piece<'_>> = None;
        let mut was_blank = false;
        for (i, piece) in solid.iter().enumerate() {
            if let Some(before) = before {
                was_blank |= touching(row, i) != Some(true);
                // The arrow that starts a branch keeps its target.
                let starts = before == Piece::Sign("->") && (i == 1 || solid[i - 2] == Piece::Sign("{"));
                self.gap(before, *piece, was_blank, starts);
            } else {
                self.some_blanks();
            }
            was_blank = false;
            self.push(*piece);
            before = Some(*piece);
        }
        match before {
            Some(Piece::Comment(_)) | None => {}
            Some(_) if self.liberties.lines && self.choice() % 5 == 4 => self.comment(),
            Some(_) => self.some_blanks(),
        }
        self.spread.push_str(self.liberties.end);
    }

    fn push(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Blank => {}
            Piece::Word(text) | Piece::Number(text) | Piece::Text(text) | Piece::Sign(text) | Piece::Comment(text) => {
                self.spread.push_str(text);
            }
        }
    }

    fn some_blanks(&mut self) {
        let choice = self.choice();
        if choice % 3 == 2 {
            self.spread.push_str(BLANKS[choice / 3 % BLANKS.len()]);
        }
    }

    fn comment(&mut self) {
        self.comments += 1;
        let number = self.comments;
        self.some_blanks();
        if self.spread.ends_with('/') {
            self.spread.push(' ');
        }
        self.spread.push_str(&format!("// planted, \"{{ {number}"));
    }

    /// A row without a fact.
    fn loose_row(&mut self) {
        self.some_blanks();
        if self.choice() % 2 == 1 {
            self.comment();
        }
        self.spread.push_str(self.liberties.end);
    }

    /// What stands between two pieces of a row.
    fn gap(&mut self, before: Piece<'_>, after: Piece<'_>, was_blank: bool, is_target: bool) {
        if self.liberties.lines && !is_target && may_break(before, after) && self.choice() % 6 == 5 {
            if self.choice() % 3 == 2 {
                self.comment();
            }
            self.spread.push_str(self.liberties.end);
            for _ in 0..self.choice() % 4 {
                self.loose_row();
            }
            return self.some_blanks();
        }
        let choice = self.choice();
        let may_touch = may_touch(before, after);
        let blank = match (was_blank, choice % 4) {
            (_, 0) => was_blank,
            (false, _) => may_part(before, after),
            (true, 1) => !may_touch,
            (true, _) => true,
        };
        if blank {
            let plain = choice.is_multiple_of(4);
            self.spread.push_str(if plain { " " } else { BLANKS[choice / 4 % BLANKS.len()] });
        }
    }
}

/// Whether the solid piece of this number touches the one before it.
fn touching(row: &[Piece<'_>], number: usize) -> Option<bool> {
    let at = row.iter().enumerate().filter(|(_, piece)| **piece != Piece::Blank).nth(number)?.0;
    Some(at > 0 && row[at - 1] != Piece::Blank)
}

/// A line goes on after a comma, an operator and `(`, unless what follows starts a line of its own.
fn may_break(before: Piece<'_>, after: Piece<'_>) -> bool {
    let joins = match before {
        Piece::Sign(sign) => ["->", ",", "(", "+", "-", "*", "/", "<", ">", "=", "<=", ">=", "!="].contains(&sign),
        Piece::Word(word) => ["and", "or", "not"].contains(&word),
        _ => false,
    };
    let goes_on = match after {
        Piece::Word(word) => !TOP_WORDS.contains(&word),
        Piece::Sign(sign) => !["->", "{", "}"].contains(&sign),
        Piece::Comment(_) => false,
        _ => true,
    };
    joins && goes_on
}

/// Whether a blank may stand between two pieces that touch.
fn may_part(before: Piece<'_>, after: Piece<'_>) -> bool {
    !matches!((before, after), (Piece::Sign("/"), Piece::Sign("/")))
}

/// Whether two pieces may touch: one is a sign that belongs to neither, or a unit stands at its number.
fn may_touch(before: Piece<'_>, after: Piece<'_>) -> bool {
    let is_free = |piece: Piece<'_>| matches!(piece, Piece::Sign("(" | ")" | "," | "=" | "+" | "*" | "->" | ".."));
    match (before, after) {
        // A comma between digits is a slip; signs may grow together; a quote ends nothing.
        (Piece::Sign(","), _) | (Piece::Sign(_), Piece::Sign(_)) | (_, Piece::Comment(_)) => false,
        (Piece::Number(_), Piece::Word(unit)) => UNITS.contains(&unit),
        _ => is_free(before) || is_free(after),
    }
}

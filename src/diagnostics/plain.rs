//! A few plain lines per finding, for screen readers and logs: no drawing, no colour, nothing that only its place explains.
//!
//! ```text
//! shop.journey:13:13: error[J0203]: branches of `browse` add up to 105 %
//!   line 13: -> leave  40%
//!   here: takes the sum past 100 %
//!   see shop.journey:12:13: 65 %
//!   line 12: -> cart   65%
//!   note: what leaves a touchpoint adds up to exactly 100 % for every persona
//!   help: write `otherwise` for the last branch
//!   change at 13:13: `40%` becomes `otherwise`
//! ```

use super::{Diagnostic, Edit, Label, Severity, Sources};
use crate::locale::Lang;
use std::fmt::Write;

/// A quoted line is cut after so many characters.
const LONGEST_QUOTE: usize = 200;

/// The findings in the order given, an empty line after each.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], sources: &Sources, lang: Lang) -> String {
    let mut page = String::new();
    for diagnostic in diagnostics {
        let mut writer = Writer { page: &mut page, sources, lang };
        writer.finding(diagnostic);
        page.push('\n');
    }
    page
}

struct Writer<'a> {
    page: &'a mut String,
    sources: &'a Sources,
    lang: Lang,
}

impl Writer<'_> {
    fn finding(&mut self, diagnostic: &Diagnostic) {
        let lang = self.lang;
        let (severity, code) = (severity(diagnostic.severity, lang), diagnostic.code.number());
        for (i, label) in diagnostic.labels.iter().enumerate() {
            let (place, text) = (self.place(label), label.text.get(lang));
            if i == 0 {
                self.line(0, &format!("{place}: {severity}[{code}]: {}", diagnostic.message.get(lang)));
                self.quote(label);
                if !text.is_empty() {
                    self.said(lang.pick("here", "ici"), text);
                }
            } else {
                self.said(&format!("{} {place}", lang.pick("see", "voir")), text);
                self.quote(label);
            }
        }
        for note in &diagnostic.notes {
            self.said("note", note.get(lang));
        }
        for help in &diagnostic.help {
            self.said(lang.pick("help", "aide"), help.text.get(lang));
            if let Some(edit) = &help.edit {
                self.change(edit);
            }
        }
    }

    /// `file:line:column`
    fn place(&self, label: &Label) -> String {
        let source = self.sources.get(label.span.file);
        let position = source.position(label.span.start);
        format!("{}:{}:{}", source.name, position.line, position.column)
    }

    fn quote(&mut self, label: &Label) {
        let source = self.sources.get(label.span.file);
        let line = source.position(label.span.start).line;
        let written = source.line(line).trim();
        if written.is_empty() {
            return;
        }
        let mut quoted: String = written.chars().take(LONGEST_QUOTE).collect();
        if quoted.len() < written.len() {
            quoted.push_str(" ...");
        }
        self.said(&format!("{} {line}", self.lang.pick("line", "ligne")), &quoted);
    }

    fn change(&mut self, edit: &Edit) {
        let at = self.sources.get(edit.span.file).position(edit.span.start);
        let (old, new) = (one_line(self.sources.text(edit.span)), one_line(&edit.replacement));
        let (line, column, lang) = (at.line, at.column, self.lang);
        let what = match (old.is_empty(), new.is_empty()) {
            (true, _) => format!("{} `{new}`", lang.pick("insert", "insérer")),
            (_, true) => format!("{} `{old}`", lang.pick("remove", "retirer")),
            _ => format!("`{old}` {} `{new}`", lang.pick("becomes", "devient")),
        };
        self.said(&format!("{} {line}:{column}", lang.pick("change at", "changement en")), &what);
    }

    fn said(&mut self, what: &str, text: &str) {
        let space = self.lang.pick("", "\u{a0}");
        let colon = if text.is_empty() { "" } else { ": " };
        self.line(2, &format!("{what}{}{colon}{text}", if colon.is_empty() { "" } else { space }));
    }

    fn line(&mut self, indent: usize, text: &str) {
        // Writing to a string does not fail.
        let _ = writeln!(self.page, "{:indent$}{}", "", printable(text));
    }
}

fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("error", "erreur"),
        Severity::Warning => lang.pick("warning", "attention"),
        Severity::Note => "note",
    }
}

fn one_line(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\\n")
}

/// On one line, with nothing that commands a terminal.
fn printable(text: &str) -> String {
    text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { harmless(c) }).collect()
}

/// A stand-in for what would command a terminal or turn the order of reading; line ends and tabs pass.
pub(super) fn harmless(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => c,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::{Code, Span};
    use crate::words;

    fn example() -> (Sources, Diagnostic) {
        let mut sources = Sources::default();
        let text = "touchpoint browse on web {\n\t-> cart 65%\n\t-> leave 40% // 日本\n}\n";
        let file = sources.add("shop.journey", text);
        let at = |written: &str| {
            let start = text.find(written).unwrap();
            Span::new(file, start, start + written.len())
        };
        let found = Diagnostic::new(Code::BranchSum, at("40%"), words!("they add up to 105 %", "elles font 105 %"))
            .here(words!("past 100 %", "au-delà de 100 %"))
            .label(at("65%"), words!("", ""))
            .note(words!("exactly 100 %", "exactement 100 %"))
            .help(words!("look again", "relisez"))
            .mend(words!("write it", "écrivez-le"), at("40%"), "otherwise", false)
            .mend(words!("on a new line", "à la ligne"), at("}").before(), "\n", false);
        (sources, found)
    }

    #[test]
    fn a_finding_reads_aloud() {
        let (sources, found) = example();
        let expected = "\
shop.journey:3:11: error[J0203]: they add up to 105 %
  line 3: -> leave 40% // 日本
  here: past 100 %
  see shop.journey:2:10
  line 2: -> cart 65%
  note: exactly 100 %
  help: look again
  help: write it
  change at 3:11: `40%` becomes `otherwise`
  help: on a new line
  change at 4:1: insert `\\n`

";
        assert_eq!(render(std::slice::from_ref(&found), &sources, Lang::En), expected);
        let french = render(&[found], &sources, Lang::Fr);
        assert!(french.starts_with("shop.journey:3:11: erreur[J0203]: elles font 105 %\n  ligne 3\u{a0}: -> leave"), "{french}");
        assert!(french.contains("\n  voir shop.journey:2:10\n") && french.contains("`40%` devient `otherwise`"), "{french}");
    }

    #[test]
    fn nothing_commands_the_terminal() {
        let mut sources = Sources::default();
        let file = sources.add("a\u{1b}[31m.journey", "x \u{1b}]0;title\u{7} \u{202e}y\n");
        let found = Diagnostic::new(Code::UnexpectedText, Span::new(file, 0, 1), words!("two\nlines", "deux\nlignes"));
        let page = render(&[found], &sources, Lang::En);
        assert!(page.chars().all(|c| c == '\n' || !c.is_control()) && !page.contains('\u{202e}'), "{page:?}");
        assert_eq!(page.lines().count(), 3);
    }
}

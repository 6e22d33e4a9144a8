//! `// jalon: allow(J0301) because …`: findings that the author has seen and stands by.
//!
//! Comes in: the texts, and what was found in them. Goes out: the findings without those that are allowed, and what is wrong
//! with the allows themselves. What must hold: an allow never hides an error; it is called unneeded only where everything
//! that it could cover has been looked for.

mod written;

use crate::diagnostics::{Code, Diagnostic, FileId, Severity, Source, Sources, Span};
use crate::syntax::{Comment, comments, extents};
use crate::words;
use std::ops::Range;
use written::{Written, look_at};

/// All allows of a run.
#[derive(Clone, Debug, Default)]
pub struct Allowances {
    all: Vec<Allowance>,
}

#[derive(Clone, Debug)]
struct Allowance {
    code: Code,
    file: FileId,
    /// The comment.
    place: Span,
    /// Findings that start here are covered.
    covers: Range<usize>,
    /// What goes if the comment goes: its line, or the blanks before it.
    removal: Span,
    used: bool,
}

impl Allowances {
    /// The allows in all texts; says what is wrong with those that allow nothing as they are written.
    pub(super) fn read(sources: &Sources, found: &mut Vec<Diagnostic>) -> Self {
        let mut all = Vec::new();
        for (file, source) in sources.iter() {
            let mut facts = None;
            for comment in comments(&source.text) {
                let written = look_at(file, &source.text, &comment);
                if matches!(written, Written::Other) {
                    continue;
                }
                let facts = facts.get_or_insert_with(|| extents(file, &source.text));
                let covered = covered(source, &comment, facts);
                let code = match written {
                    Written::Other => continue,
                    Written::Allow(code) => code,
                    Written::Wrong(mut finding) => {
                        // Set right, it would stand before nothing.
                        let edits = finding.help.iter_mut().filter_map(|h| h.edit.as_mut());
                        edits.for_each(|edit| edit.safe &= covered.is_some());
                        found.push(*finding);
                        continue;
                    }
                };
                match covered {
                    Some(covers) => all.push(Allowance {
                        code,
                        file,
                        place: Span::new(file, comment.range.start, comment.range.end),
                        covers,
                        removal: removal(file, source, &comment),
                        used: false,
                    }),
                    None => found.push(on_nothing(file, &comment)),
                }
            }
        }
        Self { all }
    }

    /// Takes out the findings that an allow covers; of several, the nearest one around a finding is the one that is needed.
    pub fn apply(&mut self, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.retain(|d| {
            let at = d.span();
            let covers = |a: &&mut Allowance| {
                a.code == d.code && a.file == at.file && (a.covers.start..=a.covers.end).contains(&(at.start as usize))
            };
            let nearest = self.all.iter_mut().filter(covers).min_by_key(|a| a.covers.len());
            match nearest {
                Some(allowance) if d.severity != Severity::Error => {
                    allowance.used = true;
                    false
                }
                _ => true,
            }
        });
    }

    /// A warning for each allow that has covered nothing, of the codes that were `looked_for`. Only those of the root file:
    /// what an included file allows, another journey may need.
    pub fn unneeded(&self, looked_for: impl Fn(Code) -> bool) -> impl Iterator<Item = Diagnostic> {
        let root = FileId(0);
        self.all.iter().filter(move |a| !a.used && a.file == root && looked_for(a.code)).map(|a| {
            let code = a.code.number();
            Diagnostic::new(
                Code::AllowNotNeeded,
                a.place,
                words!("nothing needs this allow any more", "plus rien n'a besoin de cette autorisation"),
            )
            .here(words!("there is no {code} here", "il n'y a pas de {code} ici"))
            .mend(words!("remove it", "retirez-la"), a.removal, "", true)
        })
    }
}

/// Where findings must start for a comment to cover them: on its line; or, if it stands alone, in the fact that starts on the
/// next line (comments between do not count).
fn covered(source: &Source, comment: &Comment, facts: &[Range<usize>]) -> Option<Range<usize>> {
    let text = &source.text;
    if !comment.is_alone(text) {
        return Some(comment.line.clone());
    }
    let mut next = comment.line.end;
    loop {
        let start = next + text[next..].find('\n')? + 1;
        let line = text[start..].lines().next().unwrap_or_default();
        if !line.trim_start().starts_with("//") {
            let first = facts.partition_point(|fact| fact.start < start);
            return facts.get(first).filter(|fact| fact.start <= start + line.len()).cloned();
        }
        next = start;
    }
}

fn removal(file: FileId, source: &Source, comment: &Comment) -> Span {
    let text = &source.text;
    if comment.is_alone(text) {
        let line_end = text[comment.line.end..].find('\n').map_or(text.len(), |at| comment.line.end + at + 1);
        return Span::new(file, comment.line.start, line_end);
    }
    let kept = text[comment.line.start..comment.range.start].trim_end().len();
    Span::new(file, comment.line.start + kept, comment.range.end)
}

fn on_nothing(file: FileId, comment: &Comment) -> Diagnostic {
    Diagnostic::new(
        Code::BadAllow,
        Span::new(file, comment.range.start, comment.range.end),
        words!("this allow stands before nothing", "cette autorisation ne précède rien"),
    )
    .note(words!(
        "an allow covers the item or fact on the next line, block included; at the end of a line it covers that line",
        "une autorisation couvre l'élément ou le fait de la ligne suivante, bloc compris ; en fin de ligne elle couvre la ligne"
    ))
    .help(words!("put it right before the line that it is about", "placez-la juste avant la ligne dont elle parle"))
}

#[cfg(test)]
mod tests {
    use crate::compile::compile;
    use crate::diagnostics::{Code, Severity};
    use crate::resolve::{LoadError, Loader};

    struct Library(&'static str);

    impl Loader for Library {
        fn load(&self, _: &str, path: &str) -> Result<(String, String), LoadError> {
            Ok((path.to_owned(), self.0.to_owned()))
        }
    }

    /// Codes and lines of what is found, notes aside.
    fn found(text: &str) -> Vec<(&'static str, u32)> {
        found_with("", text)
    }

    fn found_with(library: &'static str, text: &str) -> Vec<(&'static str, u32)> {
        let compiled = compile("a.journey", text.to_owned(), &Library(library));
        let line = |d: &crate::diagnostics::Diagnostic| compiled.sources.get(d.span().file).position(d.span().start).line;
        let worse = compiled.diagnostics.iter().filter(|d| d.severity != Severity::Note);
        worse.map(|d| (d.code.number(), line(d))).collect()
    }

    const HEAD: &str = "journey a\npersona p\nchannel web digital owned\nend out\narrive 9 at page\n\
                        touchpoint page on web {\n  -> out\n}\n";

    fn chat(before: &str, behind: &str) -> String {
        format!("{HEAD}{before}touchpoint chat on web {{ {behind}\n  -> out\n}}\n")
    }

    #[test]
    fn an_allow_covers_the_item_below_and_the_line_it_ends() {
        assert_eq!(found(&chat("", "")), [("J0301", 9)]);
        assert_eq!(found(&chat("// jalon: allow(J0301) because it opens in May\n", "")), []);
        assert_eq!(found(&chat("// jalon: allow(J0301) because later\n// more of it\n", "")), []);
        assert_eq!(found(&chat("", "// jalon: allow(J0301) because later")), []);
        let in_stage = |before: &str| format!("{HEAD}{before}stage s {{\n  touchpoint chat on web {{\n    -> out\n  }}\n}}\n");
        assert_eq!(found(&in_stage("// jalon: allow(J0301) because later\n")), []);
    }

    #[test]
    fn an_allow_that_covers_nothing_is_said_to() {
        assert_eq!(found(&chat("// jalon: allow(J0305) because later\n", "")), [("J0020", 9), ("J0301", 10)]);
        // Of two around one finding, the nearer is needed.
        let twice = chat("// jalon: allow(J0301) because a\n", "// jalon: allow(J0301) because b");
        assert_eq!(found(&twice), [("J0020", 9)]);
        // `check` cannot know about claims, nor about anything where there are errors.
        assert_eq!(found(&format!("{HEAD}kpi k = rate(out)\nclaim k = 3% // jalon: allow(J0501) because as printed\n")), []);
        assert_eq!(found(&format!("{HEAD}// jalon: allow(J0301) because later\nkpi k = rate(nobody)\n")), [("J0101", 10)]);
    }

    #[test]
    fn a_library_may_allow_what_other_journeys_need() {
        let library = "library l\n// jalon: allow(J0301) because some journeys do without\nchannel shop physical owned\n";
        assert_eq!(found_with(library, &format!("{HEAD}include \"l.journey\"\n")), []);
    }

    #[test]
    fn an_allow_before_nothing_is_an_error() {
        for lost in ["\n", "}\n", ""] {
            let text = format!("{HEAD}stage s {{\n// jalon: allow(J0301) because x\n{lost}");
            assert!(found(&text).contains(&("J0021", 10)), "{text}");
        }
    }

    #[test]
    fn removing_what_is_not_needed_leaves_the_rest() {
        for (before, behind) in [("  // jalon: allow(J0305) because x\n", ""), ("", "  // jalon: allow(J0305) because x")] {
            let text = chat(before, behind);
            let compiled = compile("a.journey", text.clone(), &Library(""));
            let unneeded = compiled.diagnostics.iter().find(|d| d.code == Code::AllowNotNeeded).unwrap();
            let edit = unneeded.help[0].edit.clone().unwrap();
            let mut mended = text;
            mended.replace_range(edit.span.range(), &edit.replacement);
            assert_eq!(mended.replace("{ \n", "{\n"), chat("", "").replace("{ \n", "{\n"));
        }
    }
}

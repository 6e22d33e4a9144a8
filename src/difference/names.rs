//! What has another name is not gone and something else come: renames are seen, and made in the old version first.
//!
//! A name that is only in the old version and one of the same kind that is only in the new one belong together if they carry the same label,
//! or if what is said of them and where they are mentioned is mostly the same.

use super::lines::{Line, Piece, pieces};
use super::nodes::{Node, nodes};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// From this likeness on, two names are taken for one thing.
const ALIKE: f64 = 0.5;
/// The stand-in for the name that is looked at.
const BLANK: &str = "\u{1}";

/// A rename.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// What it is: the first word of its line.
    pub kind: String,
    /// Its name in the old version.
    pub from: String,
    /// Its name in the new version.
    pub to: String,
}

/// Names in several spaces: most share one, some have their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Space {
    Shared,
    Consent,
    Source,
    Scenario,
    Exam,
}

impl Space {
    fn of(kind: &str) -> Self {
        match kind {
            "consent" => Self::Consent,
            "source" => Self::Source,
            "scenario" => Self::Scenario,
            "exam" => Self::Exam,
            _ => Self::Shared,
        }
    }
}

/// Everything that has been renamed from the old version to the new one.
pub(super) fn renames(old: &[Line], new: &[Line]) -> Vec<Renamed> {
    let mut found: Vec<Renamed> = Vec::new();
    // A rename makes other things more alike: those it is mentioned by.
    for _ in 0..3 {
        let renamed = apply(old, &found);
        let more = once(&renamed, new);
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    found
}

fn once(old: &[Line], new: &[Line]) -> Vec<Renamed> {
    let (old_names, new_names) = (declared(&nodes(old)), declared(&nodes(new)));
    let gone = old_names.iter().filter(|(name, _)| !new_names.contains_key(*name));
    let come: Vec<_> = new_names.iter().filter(|(name, _)| !old_names.contains_key(*name)).collect();
    let mut pairs: Vec<(f64, &Key, &Key)> = Vec::new();
    for (from, before) in gone {
        for (to, after) in come.iter().filter(|(to, _)| to.0 == from.0) {
            let likeness = likeness((old, from, before), (new, to, after));
            if likeness >= ALIKE {
                pairs.push((likeness, from, to));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
    let (mut from_taken, mut to_taken) = (BTreeSet::new(), BTreeSet::new());
    let mut found = Vec::new();
    for (_, from, to) in pairs {
        if from_taken.insert(from) && to_taken.insert(to) {
            found.push(Renamed { kind: from.0.clone(), from: from.1.clone(), to: to.1.clone() });
        }
    }
    found
}

/// Kind and name.
type Key = (String, String);

/// What declares a name.
struct Declared {
    label: Option<String>,
    /// What is said of it, its own name and label aside.
    said: Vec<String>,
}

fn declared(all: &[Node]) -> BTreeMap<Key, Declared> {
    let mut found = BTreeMap::new();
    let cells = all.iter().filter(|n| n.word == "memory").flat_map(|n| &n.inside);
    for node in all.iter().chain(cells).filter(|n| n.word != "journey") {
        let Some(name) = &node.name else { continue };
        let mut said: Vec<String> = node.parts.iter().skip(1).map(|(_, text)| blanked(text, name)).collect();
        node.inside.iter().for_each(|n| n.each_text(&mut |text| said.push(blanked(text, name))));
        found.insert((node.word.clone(), name.clone()), Declared { label: node.label.clone(), said });
    }
    found
}

fn likeness(old: (&[Line], &Key, &Declared), new: (&[Line], &Key, &Declared)) -> f64 {
    let ((old_lines, from, before), (new_lines, to, after)) = (old, new);
    let said = shared(&before.said, &after.said);
    let mentions = shared(&mentions(old_lines, from), &mentions(new_lines, to));
    let either = match (said, mentions) {
        (Some(said), Some(mentions)) => f64::midpoint(said, mentions),
        // What stands for little may look like many things: where nothing mentions it, more must be said of it.
        (Some(said), None) if before.said.len() > 1 => said,
        (Some(_), None) | (None, None) => 0.0,
        (None, Some(mentions)) => mentions,
    };
    if before.label.is_some() && before.label == after.label { either.max(0.75) } else { either }
}

/// Which part of two lists is in both; `None` if there is nothing in either.
fn shared(a: &[String], b: &[String]) -> Option<f64> {
    let mut left: HashMap<&str, usize> = HashMap::new();
    b.iter().for_each(|text| *left.entry(text).or_insert(0) += 1);
    let mut both = 0;
    for text in a {
        if let Some(n) = left.get_mut(text.as_str()).filter(|n| **n > 0) {
            *n -= 1;
            both += 1;
        }
    }
    let all = a.len() + b.len() - both;
    (all > 0).then(|| both as f64 / all as f64)
}

/// The lines that mention a name, with the name blanked; the one that declares it aside.
fn mentions(lines: &[Line], (kind, name): &Key) -> Vec<String> {
    fn look(line: &Line, kind: &str, name: &str, found: &mut Vec<String>) {
        let blank = blanked(&line.text, name);
        if blank.contains(BLANK) && !blank.starts_with(&format!("{kind} {BLANK}")) {
            found.push(blank);
        }
        line.inside.iter().flatten().for_each(|l| look(l, kind, name, found));
    }
    let mut found = Vec::new();
    lines.iter().for_each(|line| look(line, kind, name, &mut found));
    found
}

fn blanked(text: &str, name: &str) -> String {
    replaced(text, |_, word| (word == name).then(|| BLANK.to_owned()))
}

/// A text with some of its words replaced. The first word of a line is never a name that is mentioned. `by` is given the word before each.
fn replaced(text: &str, by: impl Fn(&str, &str) -> Option<String>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    let mut before = "";
    for (i, (kind, range)) in pieces(text).into_iter().enumerate() {
        let word = &text[range.clone()];
        if kind == Piece::Word
            && i > 0
            && let Some(other) = by(before, word)
        {
            out.push_str(&text[at..range.start]);
            out.push_str(&other);
            at = range.end;
        }
        before = word;
    }
    out.push_str(&text[at..]);
    out
}

/// The old version with the names of the new one.
pub(super) fn apply(lines: &[Line], renames: &[Renamed]) -> Vec<Line> {
    let names: HashMap<(Space, &str), &str> =
        renames.iter().map(|r| ((Space::of(&r.kind), r.from.as_str()), r.to.as_str())).collect();
    let scenarios: BTreeSet<String> = lines
        .iter()
        .filter(|l| l.word() == "scenario")
        .filter_map(|l| pieces(&l.text).get(1).map(|p| l.text[p.1.clone()].to_owned()))
        .collect();
    lines.iter().map(|line| renamed(line, &names, &scenarios)).collect()
}

fn renamed(line: &Line, names: &HashMap<(Space, &str), &str>, scenarios: &BTreeSet<String>) -> Line {
    let text = replaced(&line.text, |before, word| {
        // Those that have a space of their own are announced by their word.
        let space = match before {
            "consent" | "consents" => Space::Consent,
            "source" => Space::Source,
            "scenario" => Space::Scenario,
            "in" | "from" if scenarios.contains(word) => Space::Scenario,
            "exam" => Space::Exam,
            _ => Space::Shared,
        };
        names.get(&(space, word)).map(|to| (*to).to_owned())
    });
    let inside = line.inside.as_ref().map(|inside| inside.iter().map(|l| renamed(l, names, scenarios)).collect());
    Line { text, inside }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Line {
        Line { text: text.to_owned(), inside: None }
    }

    #[test]
    fn names_are_followed_where_they_are_mentioned() {
        let old = [line("goal order \"Commande\""), line("kpi k = rate(order)"), line("expect rate(order) > 1%")];
        let new = [line("goal bought \"Commande\""), line("kpi k = rate(bought)"), line("expect rate(bought) > 2%")];
        let found = renames(&old, &new);
        assert_eq!(found, [Renamed { kind: "goal".into(), from: "order".into(), to: "bought".into() }]);
        assert_eq!(apply(&old, &found)[1], new[1]);
    }

    #[test]
    fn what_is_new_is_not_what_is_gone() {
        let old = [line("goal order \"Commande\""), line("kpi k = rate(order)")];
        let new = [line("goal visit \"Visite\""), line("kpi n = rate(visit) * 2")];
        assert_eq!(renames(&old, &new), []);
    }

    #[test]
    fn spaces_are_kept_apart() {
        let old = [line("source letter"), line("param a = 5% source letter"), line("path p = letter -> a")];
        let new = [line("source survey"), line("param a = 5% source survey"), line("path p = letter -> a")];
        let found = renames(&old, &new);
        assert_eq!(found.len(), 1);
        assert_eq!(apply(&old, &found), new);
    }
}

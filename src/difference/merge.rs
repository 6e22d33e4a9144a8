//! Two versions laid over one another: what is in both, what in one of them, and which edits lead from one to the other.

use super::nodes::{IN_WORDS, Node, Part};
use std::collections::{BTreeSet, HashMap};

/// In which versions something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum On {
    Both,
    Old,
    New,
}

/// An item or a fact of both versions.
#[derive(Clone, Debug)]
pub(super) struct Merged {
    pub(super) old: Option<Node>,
    pub(super) new: Option<Node>,
    /// Of what is in one version only: the edit that brings or takes it.
    pub(super) edit: Option<usize>,
    /// Its parts in both versions, and the edit that changes each.
    pub(super) parts: Vec<MergedPart>,
    /// Of a touchpoint: the edit that moves it to another stage.
    pub(super) moved: Option<usize>,
    pub(super) inside: Vec<Merged>,
}

#[derive(Clone, Debug)]
pub(super) struct MergedPart {
    pub(super) part: Part,
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
    pub(super) edit: Option<usize>,
}

impl Merged {
    pub(super) fn on(&self) -> On {
        match (&self.old, &self.new) {
            (Some(_), Some(_)) => On::Both,
            (Some(_), None) => On::Old,
            _ => On::New,
        }
    }

    /// The node of the new version, or else of the old one.
    pub(super) fn node(&self) -> &Node {
        self.new.as_ref().or(self.old.as_ref()).expect("what is merged is in one of the versions")
    }

    /// Its word.
    pub(super) fn word(&self) -> &str {
        &self.node().word
    }
}

/// What an edit is about, before it is put into words: where it stands in the merged tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Unit {
    /// Something at the top comes or goes.
    Whole(String),
    /// A fact comes, goes, or changes.
    Fact(String, String),
    /// A part of a line changes.
    Line(String, String, Part),
    /// The branches of something: one row.
    Row(String),
    /// The shares of personas of an arrival.
    Personas(String),
    /// A touchpoint goes to another stage.
    Moved(String),
}

/// Gives numbers to edits.
#[derive(Default)]
pub(super) struct Edits {
    units: HashMap<Unit, usize>,
    /// By edit: whether it can change a figure.
    pub(super) counts: Vec<bool>,
}

impl Edits {
    fn number(&mut self, unit: Unit, counts: bool) -> usize {
        let next = self.counts.len();
        let number = *self.units.entry(unit).or_insert(next);
        if number == next {
            self.counts.push(false);
        }
        self.counts[number] |= counts;
        number
    }
}

/// Lays two versions over one another.
pub(super) fn merge(old: &[Node], new: &[Node], edits: &mut Edits) -> Vec<Merged> {
    let old = &aligned(old, new);
    paired(old, new).into_iter().map(|(o, n)| top(o, n, edits)).collect()
}

/// The nodes of the old version; those of which there are several of one key are numbered as those that they are equal to.
fn aligned(old: &[Node], new: &[Node]) -> Vec<Node> {
    let base = |key: &str| key.split(" #").next().unwrap_or_default().to_owned();
    let content = |node: &Node| (node.parts.clone(), node.inside.clone());
    let mut free: HashMap<String, Vec<&Node>> = HashMap::new();
    new.iter().for_each(|n| free.entry(base(&n.key)).or_default().push(n));
    let mut keys: Vec<Option<String>> = vec![None; old.len()];
    // What is equal first; the others take what is left, in their order.
    for equal in [true, false] {
        for (node, key) in old.iter().zip(&mut keys).filter(|(_, key)| key.is_none()) {
            let Some(left) = free.get_mut(&base(&node.key)) else { continue };
            if let Some(at) = left.iter().position(|n| !equal || content(n) == content(node)) {
                *key = Some(left.remove(at).key.clone());
            }
        }
    }
    // Those for which none is left keep a number that no other has.
    let mut next = new.len() + old.len();
    let mut own = |node: &Node| {
        next += 1;
        if new.iter().any(|n| n.key == node.key) { format!("{} #{next}", base(&node.key)) } else { node.key.clone() }
    };
    old.iter().zip(keys).map(|(node, key)| Node { key: key.unwrap_or_else(|| own(node)), ..node.clone() }).collect()
}

/// Nodes of the same key side by side: in the order of the new version, what is only in the old one after what it stood behind.
fn paired<'n>(old: &'n [Node], new: &'n [Node]) -> Vec<(Option<&'n Node>, Option<&'n Node>)> {
    let new_keys: BTreeSet<&str> = new.iter().map(|n| n.key.as_str()).collect();
    let mut behind: HashMap<Option<&'n str>, Vec<&'n Node>> = HashMap::new();
    let mut last = None;
    for node in old {
        if new_keys.contains(node.key.as_str()) {
            last = Some(node.key.as_str());
        } else {
            behind.entry(last).or_default().push(node);
        }
    }
    let by_key: HashMap<&str, &Node> = old.iter().map(|n| (n.key.as_str(), n)).collect();
    let mut found: Vec<(Option<&Node>, Option<&Node>)> = Vec::new();
    let mut gone = |key: Option<&'n str>, found: &mut Vec<(Option<&'n Node>, Option<&'n Node>)>| {
        found.extend(behind.remove(&key).into_iter().flatten().map(|node| (Some(node), None)));
    };
    gone(None, &mut found);
    for node in new {
        found.push((by_key.get(node.key.as_str()).copied(), Some(node)));
        gone(Some(&node.key), &mut found);
    }
    found
}

fn top(old: Option<&Node>, new: Option<&Node>, edits: &mut Edits) -> Merged {
    let node = new.or(old).expect("a pair holds at least one");
    let key = node.key.clone();
    let (Some(before), Some(after)) = (old, new) else {
        let counts = !matches!(node.word.as_str(), "expect" | "claim" | "note" | "exam" | "path" | "source" | "kpi");
        let edit = Some(edits.number(Unit::Whole(key), counts));
        return Merged { old: old.cloned(), new: new.cloned(), edit, parts: Vec::new(), moved: None, inside: Vec::new() };
    };
    let neutral = matches!(node.word.as_str(), "expect" | "claim" | "note" | "exam" | "path" | "source" | "journey" | "locale");
    let parts = parts(before, after, |part| {
        let counts = !neutral && !matches!(part, Part::Title | Part::Evidence);
        edits.number(Unit::Line(key.clone(), String::new(), part), counts)
    });
    let facts = aligned(&before.inside, &after.inside);
    let inside = paired(&facts, &after.inside);
    let inside = inside.into_iter().map(|(o, n)| fact(&key, &node.word, o, n, !neutral, edits)).collect();
    let moved = (before.stage != after.stage).then(|| edits.number(Unit::Moved(key.clone()), true));
    Merged { old: Some(before.clone()), new: Some(after.clone()), edit: None, parts, moved, inside }
}

fn fact(owner: &str, kind: &str, old: Option<&Node>, new: Option<&Node>, counts: bool, edits: &mut Edits) -> Merged {
    let node = new.or(old).expect("a pair holds at least one");
    let counts = counts && !(IN_WORDS.contains(&node.word.as_str()));
    let is_row = node.word == "->";
    let whole = |edits: &mut Edits| match node.word.as_str() {
        "->" => edits.number(Unit::Row(owner.to_owned()), counts),
        "of" if kind == "arrive" => edits.number(Unit::Personas(owner.to_owned()), counts),
        _ => edits.number(Unit::Fact(owner.to_owned(), node.key.clone()), counts),
    };
    let (Some(before), Some(after)) = (old, new) else {
        let edit = Some(whole(edits));
        return Merged { old: old.cloned(), new: new.cloned(), edit, parts: Vec::new(), moved: None, inside: Vec::new() };
    };
    let parts = parts(before, after, |part| match part {
        Part::Share | Part::Rest => whole(edits),
        Part::Because => edits.number(Unit::Line(owner.to_owned(), node.key.clone(), part), false),
        _ => edits.number(Unit::Line(owner.to_owned(), node.key.clone(), part), counts),
    });
    // A race is one fact, whose ways are a row of their own.
    let below = format!("{owner} / {}", node.key);
    let facts = aligned(&before.inside, &after.inside);
    let inside = if is_row { Vec::new() } else { paired(&facts, &after.inside) };
    let inside = inside.into_iter().map(|(o, n)| fact(&below, &node.word, o, n, counts, edits)).collect();
    Merged { old: Some(before.clone()), new: Some(after.clone()), edit: None, parts, moved: None, inside }
}

fn parts(old: &Node, new: &Node, mut number: impl FnMut(Part) -> usize) -> Vec<MergedPart> {
    let all: BTreeSet<Part> = old.parts.iter().chain(&new.parts).map(|(part, _)| *part).collect();
    let one = |part: Part| {
        let (before, after) = (old.part(part).map(str::to_owned), new.part(part).map(str::to_owned));
        let edit = (before != after).then(|| number(part));
        MergedPart { part, old: before, new: after, edit }
    };
    all.into_iter().map(one).collect()
}

//! Lines become nodes: each has a key by which it is found again in another version, and parts that may change by themselves.

use super::lines::{Line, Piece, pieces};
use std::collections::HashMap;

/// An item or a fact.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node {
    /// What it is found by among those beside it.
    pub(super) key: String,
    /// Its first word.
    pub(super) word: String,
    /// The name that it declares, if it does.
    pub(super) name: Option<String>,
    /// The label of that name.
    pub(super) label: Option<String>,
    /// What its line is made of: every part has a name.
    pub(super) parts: Vec<(Part, String)>,
    /// What stands in its block.
    pub(super) inside: Vec<Node>,
    /// Whether it is written with a block.
    pub(super) is_block: bool,
    /// Of a touchpoint: the name of its stage.
    pub(super) stage: Option<String>,
}

/// A part of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// Word, name and label of what a line declares.
    Title,
    /// Of a kpi: `key`.
    Key,
    /// What follows the title; all of a fact.
    Rest,
    /// What a figure rests on: `source …`, `assumed`, `range …`, `costs …`.
    Evidence,
    /// Of a branch: target, figure and guard.
    Share,
    /// Of a branch: the time on the way.
    After,
    /// Of a branch: why it is taken.
    Because,
    /// Of a branch: what happens on leaving.
    Effects,
}

/// Words that declare a name.
pub(super) const TITLED: [&str; 24] = [
    "journey",
    "source",
    "param",
    "law",
    "segment",
    "goal",
    "end",
    "consent",
    "resource",
    "facet",
    "persona",
    "channel",
    "arrive",
    "stage",
    "touchpoint",
    "path",
    "automation",
    "kpi",
    "scenario",
    "exam",
    "flag",
    "counter",
    "state",
    "clock",
];
/// Facts that are told apart by the name that they act on.
const BY_NAME: [&str; 13] =
    ["set", "clear", "add", "start", "reach", "survey", "requires", "uses", "has", "consents", "of", "without", "vary"];
/// Facts in words, of which there may be several.
pub(super) const IN_WORDS: [&str; 11] =
    ["does", "think", "pain", "wants", "story", "job", "age", "income", "motivation", "appeals", "note"];
/// Effects of a branch.
const EFFECTS: [&str; 8] = ["set", "clear", "add", "start", "reach", "cost", "earns", "feel"];

/// The nodes of a journey: touchpoints stand beside their stages and know them by name; blocks of memory are one.
pub(super) fn nodes(lines: &[Line]) -> Vec<Node> {
    let mut found: Vec<Node> = Vec::new();
    for line in lines {
        let node = node(line);
        if node.word == "memory"
            && let Some(memory) = found.iter_mut().find(|n| n.word == "memory")
        {
            memory.inside.extend(node.inside);
            continue;
        }
        let mut node = node;
        let inside = std::mem::take(&mut node.inside);
        let (touchpoints, own): (Vec<Node>, Vec<Node>) =
            inside.into_iter().partition(|n| node.word == "stage" && n.word == "touchpoint");
        node.inside = own;
        let stage = node.name.clone();
        found.push(node);
        found.extend(touchpoints.into_iter().map(|t| Node { stage: stage.clone(), ..t }));
    }
    numbered(&mut found);
    found
}

fn node(line: &Line) -> Node {
    let all = pieces(&line.text);
    let piece = |i: usize| all.get(i).map(|(kind, range)| (*kind, &line.text[range.clone()]));
    let word = piece(0).map_or("", |(_, text)| text).to_owned();
    let mut inside: Vec<Node> = line.inside.iter().flatten().map(node).collect();
    let mut node = Node {
        key: word.clone(),
        word: word.clone(),
        name: None,
        label: None,
        parts: Vec::new(),
        inside: Vec::new(),
        is_block: line.inside.is_some(),
        stage: None,
    };
    if word == "->" {
        node.branch(line, &inside);
        return node;
    }
    numbered(&mut inside);
    node.inside = inside;
    if TITLED.contains(&word.as_str()) {
        let name = piece(1).filter(|(kind, _)| *kind == Piece::Word).map(|(_, name)| name.to_owned());
        let label = piece(2).filter(|(kind, _)| name.is_some() && *kind == Piece::Quoted).map(|(_, label)| unquoted(label));
        let title = 1 + usize::from(name.is_some()) + usize::from(label.is_some());
        node.key = match &name {
            Some(name) if word != "journey" => format!("{word} {name}"),
            _ => word.clone(),
        };
        (node.name, node.label) = (name, label);
        node.titled(&line.text, title);
        return node;
    }
    let guard = || cut(&line.text, &["when"]).1.unwrap_or_default();
    node.key = match word.as_str() {
        "expect" | "claim" => {
            cut_at(&line.text, |kind, text| {
                kind == Piece::Other && matches!(text, "<" | "<=" | "=" | "==" | "!=" | ">=" | ">") || text == "between"
            })
            .0
        }
        "on" => line.text.clone(),
        "note" => format!("note {}", piece(1).map_or("", |(_, title)| title)),
        _ if BY_NAME.contains(&word.as_str()) => {
            let name = piece(1).map_or("", |(_, name)| name);
            let name = if name == "consent" { piece(2).map_or("", |(_, name)| name) } else { name };
            format!("{word} {name} {}", guard())
        }
        _ => format!("{word} {}", guard()),
    };
    node.parts = vec![(Part::Rest, line.text.clone())];
    node
}

impl Node {
    /// A line that declares a name: its first `title` pieces, and what follows them.
    fn titled(&mut self, text: &str, title: usize) {
        let all = pieces(text);
        let end = all.get(title - 1).map_or(text.len(), |(_, range)| range.end);
        self.parts.push((Part::Title, text[..end].to_owned()));
        let mut rest = text[end..].trim();
        if self.word == "kpi" && rest.starts_with("key") {
            self.parts.push((Part::Key, "key".to_owned()));
            rest = rest["key".len()..].trim();
        }
        let evidence = matches!(self.word.as_str(), "param").then(|| cut(rest, &["source", "assumed", "range", "costs"]));
        let (rest, evidence) = evidence.unwrap_or((rest.to_owned(), None));
        self.parts.extend((!rest.is_empty()).then_some((Part::Rest, rest)));
        self.parts.extend(evidence.map(|evidence| (Part::Evidence, evidence)));
    }

    /// A branch: what stands in its block might as well stand on its line.
    fn branch(&mut self, line: &Line, inside: &[Node]) {
        let mut text = line.text.clone();
        for fact in inside {
            text.push(' ');
            text += &fact.parts.iter().map(|(_, part)| part.as_str()).collect::<Vec<_>>().join(" ");
        }
        self.is_block = false;
        // `when`, `after`, `because` and effects may follow one another in any order.
        let closed = |word: &str| matches!(word, "when" | "after" | "because") || EFFECTS.contains(&word);
        let all = pieces(&text);
        let starts: Vec<usize> =
            (1..all.len()).filter(|i| all[*i].0 == Piece::Word && closed(&text[all[*i].1.clone()])).collect();
        let at = |i: usize| all.get(i).map_or(text.len(), |(_, range)| range.start);
        let mut share = text[..starts.first().map_or(text.len(), |i| at(*i))].trim().to_owned();
        let (mut after, mut because, mut effects, mut guard) = (Vec::new(), Vec::new(), Vec::new(), String::new());
        for (n, i) in starts.iter().enumerate() {
            let part = text[at(*i)..starts.get(n + 1).map_or(text.len(), |next| at(*next))].trim();
            match &text[all[*i].1.clone()] {
                "when" => guard = part.to_owned(),
                "after" => after.push(part),
                "because" => because.push(part),
                _ => effects.push(part),
            }
        }
        let target = all.get(1).map_or("", |(_, range)| &text[range.clone()]);
        self.key = format!("-> {target} {guard}");
        self.name = None;
        if !guard.is_empty() {
            share = format!("{share} {guard}");
        }
        self.parts.push((Part::Share, share));
        let mut add = |part: Part, texts: &[&str]| {
            if !texts.is_empty() {
                self.parts.push((part, texts.join(" ")));
            }
        };
        add(Part::After, &after);
        add(Part::Because, &because);
        add(Part::Effects, &effects);
    }

    /// A part of its line.
    pub(super) fn part(&self, part: Part) -> Option<&str> {
        self.parts.iter().find(|(p, _)| *p == part).map(|(_, text)| text.as_str())
    }

    /// Its line.
    pub(super) fn line(&self) -> String {
        self.parts.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Calls `f` with every text in it.
    pub(super) fn each_text(&self, f: &mut impl FnMut(&str)) {
        self.parts.iter().for_each(|(_, text)| f(text));
        self.inside.iter().for_each(|node| node.each_text(f));
    }
}

/// Gives nodes of one key numbers, so that each key is there once.
fn numbered(nodes: &mut [Node]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for node in nodes {
        let count = seen.entry(node.key.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            node.key = format!("{} #{count}", node.key);
        }
    }
}

/// A text up to the first of some words, and from it on.
pub(super) fn cut(text: &str, words: &[&str]) -> (String, Option<String>) {
    cut_at(text, |kind, piece| kind == Piece::Word && words.contains(&piece))
}

/// A text up to the first piece that is looked for (the very first apart), and from it on.
pub(super) fn cut_at(text: &str, found: impl Fn(Piece, &str) -> bool) -> (String, Option<String>) {
    let at = pieces(text).into_iter().skip(1).find(|(kind, range)| found(*kind, &text[range.clone()]));
    match at {
        Some((_, range)) => (text[..range.start].trim().to_owned(), Some(text[range.start..].to_owned())),
        None => (text.to_owned(), None),
    }
}

/// A text without its quotes.
pub(super) fn unquoted(text: &str) -> String {
    text.trim_matches('"').replace("\\\"", "\"").replace("\\\\", "\\")
}

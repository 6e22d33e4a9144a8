//! Edits in the words of their author: what stands in his lines, and between which things.

use super::lines::{Piece, pieces};
use super::merge::{Merged, MergedPart, On};
use super::names::Renamed;
use super::nodes::{Node, Part, cut};
use crate::locale::{Words, in_unit};
use crate::model::Program;
use crate::model::law::nearest;
use crate::words;
use std::collections::HashMap;

/// Both versions, for their labels and values.
pub(super) struct Sides<'a> {
    pub(super) old: &'a Program,
    pub(super) new: &'a Program,
    /// By name: what people read; the new version's wins.
    pub(super) labels: HashMap<String, String>,
    /// The old name of what is renamed, by its new one.
    pub(super) before: HashMap<String, String>,
}

/// The labels that nodes declare.
pub(super) fn labels(all: &[&[Node]]) -> HashMap<String, String> {
    let mut found = HashMap::new();
    for node in all.iter().flat_map(|nodes| nodes.iter().flat_map(|n| std::iter::once(n).chain(&n.inside))) {
        if let (Some(name), Some(label)) = (&node.name, &node.label) {
            found.insert(name.clone(), label.clone());
        }
    }
    found
}

/// What a kind of item is called.
fn kind(word: &str) -> Words {
    match word {
        "persona" => words!("persona", "persona"),
        "channel" => words!("channel", "canal"),
        "stage" => words!("stage", "étape"),
        "touchpoint" => words!("touchpoint", "point de contact"),
        "goal" => words!("goal", "objectif"),
        "end" => words!("end", "fin"),
        "param" => words!("param", "paramètre"),
        "law" => words!("law", "loi"),
        "segment" => words!("segment", "segment"),
        "facet" => words!("facet", "facette"),
        "memory" => words!("memory", "mémoire"),
        "flag" => words!("flag", "drapeau"),
        "counter" => words!("counter", "compteur"),
        "state" => words!("state", "état"),
        "clock" => words!("clock", "horloge"),
        "consent" => words!("consent", "consentement"),
        "resource" => words!("resource", "ressource"),
        "automation" => words!("automation", "automatisation"),
        "arrive" => words!("arrival", "arrivée"),
        "scenario" => words!("scenario", "scénario"),
        "source" => words!("source", "source"),
        "path" => words!("path", "chemin"),
        "exam" => words!("exam", "examen"),
        "expect" => words!("expectation", "attente"),
        "claim" => words!("claim", "affirmation"),
        "note" => words!("note", "note"),
        other => Words::same(other),
    }
}

/// What has been renamed.
pub(super) fn renamed(rename: &Renamed, sides: &Sides<'_>) -> Words {
    let Words { en, fr } = kind(&rename.kind);
    let (from, to) = (&rename.from, &rename.to);
    match sides.labels.get(to) {
        Some(label) => {
            words!("{en} “{label}”: renamed from `{from}` to `{to}`", "{fr} «\u{a0}{label}\u{a0}»\u{a0}: `{from}` devient `{to}`")
        }
        None => words!("{en}: renamed from `{from}` to `{to}`", "{fr}\u{a0}: `{from}` devient `{to}`"),
    }
}

/// All that the edits say, by edit.
pub(super) fn sentences(merged: &[Merged], sides: &Sides<'_>, edits: usize) -> Vec<Vec<Words>> {
    let mut said: Vec<Vec<Words>> = vec![Vec::new(); edits];
    for item in merged {
        let owner = sides.thing(item.node());
        if let Some(edit) = item.edit {
            said[edit].push(sides.whole(item));
        }
        if let (Some(edit), Some(old), Some(new)) = (item.moved, &item.old, &item.new) {
            said[edit].push(sides.moved(&owner, old, new));
        }
        for part in &item.parts {
            if let Some(edit) = part.edit {
                said[edit].push(sides.part(item, part, &owner));
            }
        }
        facts(&item.inside, &owner, sides, &mut said);
    }
    said
}

fn facts(inside: &[Merged], owner: &Words, sides: &Sides<'_>, said: &mut [Vec<Words>]) {
    for fact in inside {
        if let Some(edit) = fact.edit {
            said[edit].push(sides.fact(fact, owner));
        }
        for part in &fact.parts {
            if let Some(edit) = part.edit {
                said[edit].push(sides.fact_part(fact, part, owner));
            }
        }
        facts(&fact.inside, owner, sides, said);
    }
}

impl Sides<'_> {
    /// `“Post sponsorisé”`, or what it is where it has no name.
    fn thing(&self, node: &Node) -> Words {
        match node.name.as_deref() {
            Some(name) => self.named(name),
            None => kind(&node.word),
        }
    }

    fn named(&self, name: &str) -> Words {
        let label = self.labels.get(name).map_or(name, String::as_str);
        words!("“{label}”", "«\u{a0}{label}\u{a0}»")
    }

    fn whole(&self, item: &Merged) -> Words {
        let node = item.node();
        let Words { en, fr } = kind(&node.word);
        let what = match &node.name {
            Some(name) => {
                let Words { en: name_en, fr: name_fr } = self.named(name);
                words!("{en} {name_en} (`{name}`)", "{fr} {name_fr} (`{name}`)")
            }
            None => {
                let line = node.line();
                words!("`{line}`", "`{line}`")
            }
        };
        let Words { en, fr } = what;
        if item.on() == On::New {
            words!("added: {en}", "ajout\u{a0}: {fr}")
        } else {
            words!("removed: {en}", "retrait\u{a0}: {fr}")
        }
    }

    fn moved(&self, owner: &Words, old: &Node, new: &Node) -> Words {
        let stage = |node: &Node| node.stage.as_ref().map_or_else(|| words!("no stage", "aucune étape"), |s| self.named(s));
        let (from, to) = (stage(old), stage(new));
        let (en, fr, from_en, from_fr, to_en, to_fr) = (&owner.en, &owner.fr, from.en, from.fr, to.en, to.fr);
        Words {
            en: format!("{en}: from the stage {from_en} to {to_en}"),
            fr: format!("{fr}\u{a0}: de l’étape {from_fr} à {to_fr}"),
        }
    }

    /// A change of the line of an item.
    fn part(&self, item: &Merged, part: &MergedPart, owner: &Words) -> Words {
        match part.part {
            Part::Title => {
                let label = |node: Option<&Node>| node.and_then(|n| n.label.clone()).unwrap_or_default();
                changed(&words!("label", "libellé"), &label(item.old.as_ref()), &label(item.new.as_ref())).of(owner)
            }
            Part::Key => {
                if part.new.is_some() {
                    words!("now a key figure", "désormais un chiffre clé").of(owner)
                } else {
                    words!("no longer a key figure", "n’est plus un chiffre clé").of(owner)
                }
            }
            Part::Evidence => {
                changed(&words!("rests on", "repose sur"), text(part.old.as_ref()), text(part.new.as_ref())).of(owner)
            }
            _ => {
                let value = |text: Option<&String>| text.map_or("", |t| t.strip_prefix("= ").unwrap_or(t)).to_owned();
                let (old, new) = (value(part.old.as_ref()), value(part.new.as_ref()));
                let change = arrow(&old, &new);
                let change = match item.node().name.as_deref().filter(|_| item.word() == "param") {
                    Some(name) => self.worth(name, change, &old, &new),
                    None if item.node().name.is_none() && part.part == Part::Rest => {
                        return arrow(text(part.old.as_ref()), text(part.new.as_ref()));
                    }
                    None => change,
                };
                change.of(owner)
            }
        }
    }

    /// What a param is worth in both versions, where its text is not simply a number.
    fn worth(&self, name: &str, change: Words, old: &str, new: &str) -> Words {
        let is_number =
            |text: &str| pieces(text).iter().all(|(kind, _)| *kind != Piece::Word) && !text.contains(['*', '/', '+', '(']);
        if is_number(old) && is_number(new) {
            return change;
        }
        let before = self.before.get(name).map_or(name, String::as_str);
        let of = |program: &Program, name: &str, lang| {
            let param = program.base.params.iter().find(|p| p.name.name == name)?;
            Some(in_unit(nearest(&param.value), param.unit, program.base.currency.as_deref(), lang))
        };
        let both = |lang| Some(format!("{} → {}", of(self.old, before, lang)?, of(self.new, name, lang)?));
        match (both(crate::locale::Lang::En), both(crate::locale::Lang::Fr)) {
            (Some(en), Some(fr)) => Words { en: format!("{} ({en})", change.en), fr: format!("{} ({fr})", change.fr) },
            _ => change,
        }
    }

    /// A fact that comes or goes.
    fn fact(&self, fact: &Merged, owner: &Words) -> Words {
        let node = fact.node();
        let is_new = fact.on() == On::New;
        if node.word == "->" {
            let (way, figure) = (self.way(node, owner), share(node.part(Part::Share).unwrap_or_default()));
            let (en, fr) = (&way.en, &way.fr);
            let figure = if figure.is_empty() { words!("everybody", "tous") } else { words!("{figure}", "{figure}") };
            let (figure_en, figure_fr) = (figure.en, figure.fr);
            return if is_new {
                Words { en: format!("{en}: new, {figure_en}"), fr: format!("{fr}\u{a0}: nouveau, {figure_fr}") }
            } else {
                Words {
                    en: format!("{en}: gone (was {figure_en})"), fr: format!("{fr}\u{a0}: n’est plus (était {figure_fr})")
                }
            };
        }
        let line = node.line();
        let sign = if is_new { "+" } else { "−" };
        words!("{sign} `{line}`", "{sign} `{line}`").of(owner)
    }

    /// A change of a fact.
    fn fact_part(&self, fact: &Merged, part: &MergedPart, owner: &Words) -> Words {
        let node = fact.node();
        let (old, new) = (text(part.old.as_ref()), text(part.new.as_ref()));
        if node.word == "->" {
            let way = self.way(node, owner);
            return match part.part {
                Part::Share => {
                    let side = |text: &str| match share(text) {
                        figure if figure.is_empty() => words!("everybody", "tous"),
                        figure => Words::same(figure),
                    };
                    let (old, new) = (side(old), side(new));
                    Words { en: format!("{} → {}", old.en, new.en), fr: format!("{} → {}", old.fr, new.fr) }.of(&way)
                }
                Part::After => changed(&words!("time on the way", "temps de trajet"), bare(old), bare(new)).of(&way),
                Part::Because => changed(&words!("why", "pourquoi"), bare(old), bare(new)).of(&way),
                _ => changed(&words!("on leaving", "en partant"), old, new).of(&way),
            };
        }
        if node.word == "of" {
            let name = pieces(&node.line()).get(1).map(|(_, range)| node.line()[range.clone()].to_owned()).unwrap_or_default();
            let figure = |text: &str| text.split_whitespace().skip(2).collect::<Vec<_>>().join(" ");
            let Words { en, fr } = self.named(&name);
            let who = words!("share of {en}", "part de {fr}");
            return changed(&who, &figure(old), &figure(new)).of(owner);
        }
        arrow(&format!("`{old}`"), &format!("`{new}`")).of(owner)
    }

    /// From where to where.
    fn way(&self, branch: &Node, owner: &Words) -> Words {
        let line = branch.line();
        let target = pieces(&line).get(1).map(|(_, range)| line[range.clone()].to_owned()).unwrap_or_default();
        let to = self.named(&target);
        Words { en: format!("{} → {}", owner.en, to.en), fr: format!("{} → {}", owner.fr, to.fr) }
    }
}

trait Of {
    /// Said of something.
    fn of(self, owner: &Words) -> Words;
}

impl Of for Words {
    fn of(self, owner: &Words) -> Words {
        Words { en: format!("{}: {}", owner.en, self.en), fr: format!("{}\u{a0}: {}", owner.fr, self.fr) }
    }
}

fn text(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

/// Without its first word.
fn bare(text: &str) -> &str {
    text.split_once(' ').map_or("", |(_, rest)| rest)
}

/// The figure and the guard of a branch.
fn share(text: &str) -> String {
    let all = pieces(text);
    all.get(2).map_or_else(String::new, |(_, range)| text[range.start..].to_owned())
}

fn arrow(old: &str, new: &str) -> Words {
    let none = || words!("nothing", "rien");
    let side = |text: &str| if text.is_empty() { none() } else { Words::same(text) };
    let (old, new) = (side(old), side(new));
    Words { en: format!("{} → {}", old.en, new.en), fr: format!("{} → {}", old.fr, new.fr) }
}

fn changed(what: &Words, old: &str, new: &str) -> Words {
    let change = arrow(old, new);
    Words { en: format!("{}, {}", what.en, change.en), fr: format!("{}, {}", what.fr, change.fr) }
}

/// The names that a text mentions.
pub(super) fn mentioned(text: &str) -> Vec<String> {
    let (line, _) = cut(text, &["because"]);
    pieces(&line).into_iter().skip(1).filter(|(kind, _)| *kind == Piece::Word).map(|(_, range)| line[range].to_owned()).collect()
}

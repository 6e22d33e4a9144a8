//! Any part of the edits made: a journey between the two versions.

use super::merge::{Merged, On};
use super::nodes::Node;
use std::fmt::Write;

/// The text of the journey in which the edits that `made` says are made, and no others. Promises, claims, notes, exams and paths are
/// left out, and scenarios unless they are wanted: they change no figure.
pub(super) fn compose(merged: &[Merged], made: &dyn Fn(usize) -> bool, scenarios: bool) -> String {
    let mut out = String::new();
    let stays =
        |m: &&Merged| !matches!(m.word(), "expect" | "claim" | "note" | "exam" | "path") && (scenarios || m.word() != "scenario");
    let there: Vec<&Merged> = merged.iter().filter(stays).filter(|m| is_there(m, made)).collect();
    for item in there.iter().filter(|m| stage(m, made).is_none()) {
        let name = item.node().name.clone();
        let mut inside = String::new();
        if item.word() == "stage" {
            for touchpoint in there.iter().filter(|t| t.word() == "touchpoint" && stage(t, made) == name) {
                write(touchpoint, made, &mut inside, "");
            }
        }
        write(item, made, &mut out, &inside);
    }
    out
}

fn is_there(merged: &Merged, made: &dyn Fn(usize) -> bool) -> bool {
    match (merged.on(), merged.edit) {
        (On::Old, Some(edit)) => !made(edit),
        (On::New, Some(edit)) => made(edit),
        _ => true,
    }
}

/// In which stage a touchpoint stands.
fn stage(merged: &Merged, made: &dyn Fn(usize) -> bool) -> Option<String> {
    let new = merged.moved.map_or(merged.on() != On::Old, made);
    let node = if new { merged.new.as_ref() } else { merged.old.as_ref() };
    node.and_then(|n| n.stage.clone())
}

/// Writes an item or a fact; `more` are lines that stand in its block too.
fn write(merged: &Merged, made: &dyn Fn(usize) -> bool, out: &mut String, more: &str) {
    if merged.on() != On::Both {
        open(&merged.node().line(), merged.node().is_block, out);
        merged.node().inside.iter().for_each(|node| whole(node, out));
        out.push_str(more);
        close(merged.node().is_block, out);
        return;
    }
    let parts: Vec<&str> =
        merged.parts.iter().filter_map(|p| if p.edit.is_some_and(made) { p.new.as_deref() } else { p.old.as_deref() }).collect();
    let is_block = merged.old.as_ref().is_some_and(|n| n.is_block) || merged.node().is_block;
    open(&parts.join(" "), is_block, out);
    for fact in merged.inside.iter().filter(|m| is_there(m, made)) {
        write(fact, made, out, "");
    }
    out.push_str(more);
    close(is_block, out);
}

fn whole(node: &Node, out: &mut String) {
    open(&node.line(), node.is_block, out);
    node.inside.iter().for_each(|node| whole(node, out));
    close(node.is_block, out);
}

fn open(line: &str, is_block: bool, out: &mut String) {
    let _ = writeln!(out, "{line}{}", if is_block { " {" } else { "" });
}

fn close(is_block: bool, out: &mut String) {
    if is_block {
        out.push_str("}\n");
    }
}

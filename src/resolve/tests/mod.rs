//! Journeys as text → what resolving makes of them.

mod figures;
mod files;
mod measures;
mod mistakes;
mod scenarios;
mod structure;

use super::{LoadError, Loader, resolve};
use crate::diagnostics::{Code, Diagnostic, FileId, Sources};
use crate::model::{Model, Program};
use crate::resolve::units::ratio;
use num_rational::BigRational;
use std::collections::HashMap;

/// Files held in memory; a path that starts with `..` is outside.
#[derive(Default)]
struct Memory(HashMap<&'static str, &'static str>);

impl Loader for Memory {
    fn load(&self, _from: &str, path: &str) -> Result<(String, String), LoadError> {
        if path.starts_with("..") {
            return Err(LoadError::Outside);
        }
        self.0.get(path).map(|text| (path.to_owned(), (*text).to_owned())).ok_or(LoadError::Missing)
    }
}

/// A small journey that is right, to which tests add lines.
const SHOP: &str = r#"journey shop "Shop"
currency EUR
persona julie "Julie"
persona roger "Roger"
segment both "Both" = julie, roger
channel web "Web"
goal order "Order"
end out success
end lost failure
param odds = 20%
memory {
  flag coupon
  counter calls 0..3
}
arrive 100 {
  of julie 50%
  of roger otherwise
  -> home
}
touchpoint home on web {
  -> cart 50%
  -> lost otherwise
}
touchpoint cart on web {
  reach order
  -> out
}
"#;

/// Resolves a text; findings in the order of the text.
fn run(text: &str) -> (Option<Program>, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    let root = sources.add("root.journey", text);
    let mut found = Vec::new();
    let program = resolve(root, &mut sources, &Memory::default(), &mut found).whole();
    crate::diagnostics::sort(&mut found);
    (program, found, sources)
}

/// A text that is right.
fn right(text: &str) -> Program {
    let (program, found, sources) = run(text);
    let said: Vec<String> = found.iter().map(|d| describe(d, &sources)).collect();
    assert!(said.is_empty(), "{said:#?}");
    program.expect("a journey without findings gives a program")
}

/// The shop with more lines.
fn shop(more: &str) -> Program {
    right(&format!("{SHOP}{more}"))
}

/// Codes and lines of what is found in the lines added to the shop, counted from the first of them.
fn codes(more: &str) -> Vec<(Code, u32)> {
    let (_, found, sources) = run(&format!("{SHOP}{more}"));
    let before = SHOP.lines().count() as u32;
    found.iter().map(|d| (d.code, sources.get(d.span().file).position(d.span().start).line.saturating_sub(before))).collect()
}

fn describe(d: &Diagnostic, sources: &Sources) -> String {
    let at = sources.get(d.span().file).position(d.span().start);
    format!("{}:{} {} {}", at.line, at.column, d.code.number(), d.message.en)
}

fn param<'a>(model: &'a Model, name: &str) -> &'a crate::model::Param {
    model.params.iter().find(|p| p.name.name == name).expect("the param is declared")
}

fn value(model: &Model, name: &str) -> BigRational {
    param(model, name).value.clone()
}

/// The root file.
const ROOT: FileId = FileId(0);

fn r(n: i64, d: i64) -> BigRational {
    ratio(n, d)
}

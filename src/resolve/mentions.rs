//! Which names the journey mentions beside declaring them.

use super::declared::{Declared, named};
use super::names::{Names, Space};
use crate::model::{Named, Unmentioned};
use crate::syntax::tree::Title;

/// The declared figures and sources that nothing has looked up, in the base and in scenarios.
pub(super) fn unmentioned(declared: &Declared<'_>, names: &Names<'_>) -> Unmentioned {
    fn left<'t, T: Copy>(titles: impl Iterator<Item = &'t Title>, space: &Space<'_, T>) -> Vec<Named> {
        titles.filter(|title| space.unused(&title.name.text).is_some()).map(named).collect()
    }
    Unmentioned {
        params: left(declared.params.iter().map(|p| p.title), &names.all),
        laws: left(declared.laws.iter().map(|(title, _)| *title), &names.all),
        sources: left(declared.sources.iter().map(|(title, _)| *title), &names.sources),
    }
}

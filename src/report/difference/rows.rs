//! The difference in strings: what all formats for people show.

use super::{Change, Pair, Point};
use crate::locale;
use crate::model::Unit;
use crate::report::levers::Ink;
use crate::words;

/// A heading of edits that go together.
pub(super) struct Group {
    /// From 1; none for what changes no figure.
    pub(super) number: Option<usize>,
    pub(super) said: Vec<String>,
}

/// A kpi.
pub(super) struct KpiRow {
    pub(super) label: String,
    pub(super) old: String,
    pub(super) new: String,
    /// `+0,125 point`
    pub(super) change: String,
    /// `+33,3 %`
    pub(super) relative: String,
    /// That it was drawn, is new, is gone.
    pub(super) note: String,
    pub(super) is_changed: bool,
    /// Of each group that plays a part: its number, and the part.
    pub(super) parts: Vec<(usize, String)>,
}

/// A touchpoint: what of it has changed.
pub(super) struct PointRow {
    pub(super) label: String,
    pub(super) note: String,
    /// Reach, pull, leak, leverage, felt: `4 % → 6 %`, or the value where it has not changed.
    pub(super) cells: [String; 5],
    /// Of those that have changed: their place, and the change.
    pub(super) changes: Vec<(usize, String)>,
}

impl Pair<'_> {
    pub(super) fn groups(&self) -> Vec<Group> {
        let difference = self.difference;
        let said = |edit: &usize| difference.edits[*edit].said.iter().map(|w| self.say(w)).collect::<Vec<_>>();
        let grouped: Vec<Vec<usize>> = difference.parts.as_ref().map_or_else(Vec::new, |p| p.groups.clone());
        let counts = |edit: &&usize| !grouped.iter().any(|g| g.contains(edit));
        let all: Vec<usize> = (0..difference.edits.len()).collect();
        let rest: Vec<usize> = all.iter().filter(counts).copied().collect();
        let mut found: Vec<Group> = grouped
            .iter()
            .enumerate()
            .map(|(i, group)| Group { number: Some(i + 1), said: group.iter().flat_map(said).collect() })
            .collect();
        let mut words: Vec<String> = difference.renamed.iter().map(|(_, w)| self.say(w)).collect();
        words.extend(rest.iter().flat_map(said));
        found.extend((!words.is_empty()).then_some(Group { number: None, said: words }));
        found
    }

    pub(super) fn kpi_rows(&self) -> Vec<KpiRow> {
        self.kpis().iter().map(|change| self.kpi_row(change)).collect()
    }

    fn ink(&self) -> Ink<'_> {
        Ink { model: &self.new.program.base, lang: self.lang }
    }

    fn kpi_row(&self, change: &Change<'_>) -> KpiRow {
        let note = match (change.old, change.new) {
            (None, _) => Some(words!("new", "nouveau")),
            (_, None) => Some(words!("gone", "n’est plus")),
            _ if !change.is_exact() => Some(words!("simulated", "simulé")),
            _ => None,
        };
        let is_changed = change.is_changed();
        let half = change.half_width().map_or_else(String::new, |half| format!(" ± {}", self.size(half, change.unit)));
        KpiRow {
            label: change.label.clone(),
            old: self.value(change.old, change.unit, self.old),
            new: self.value(change.new, change.unit, self.new),
            change: change
                .change()
                .map_or_else(String::new, |c| if c == 0.0 { "=".to_owned() } else { self.ink().change(c, change.unit) + &half }),
            relative: change.relative().filter(|_| is_changed).map_or_else(String::new, |r| self.relative(r)),
            note: note.map_or_else(String::new, |w| self.say(&w)),
            is_changed,
            parts: self.parts(change),
        }
    }

    /// `+33,3 %`
    fn relative(&self, relative: f64) -> String {
        let sign = if relative > 0.0 { "+" } else { "−" };
        format!("{sign}{}", locale::percent(relative.abs(), self.lang))
    }

    fn size(&self, size: f64, unit: Unit) -> String {
        self.ink().value(size, if unit == Unit::Share { Unit::Points } else { unit })
    }

    fn parts(&self, change: &Change<'_>) -> Vec<(usize, String)> {
        let many = self.difference.parts.as_ref().is_some_and(|p| p.groups.len() > 1);
        let parts = self.difference.parts_of(&change.of).filter(|_| many && change.is_exact());
        let size = change.old_value().unwrap_or(0.0).abs().max(change.new_value().unwrap_or(0.0).abs());
        // What rounding leaves is no part.
        let plays = |part: &f64| part.abs() > 1e-10 * size;
        let parts = parts.into_iter().flatten().enumerate().filter(|(_, part)| plays(part));
        parts.map(|(i, part)| (i + 1, self.ink().change(part, change.unit))).collect()
    }

    pub(super) fn point_rows(&self) -> Vec<PointRow> {
        self.points().iter().filter(|p| p.is_changed()).map(|p| self.point_row(p)).collect()
    }

    fn point_row(&self, point: &Point<'_>) -> PointRow {
        let note = match (point.old, point.new) {
            (None, _) => Some(words!("new", "nouveau")),
            (_, None) => Some(words!("gone", "n’est plus")),
            _ => None,
        };
        let cells = point.changes().map(|change| {
            let (old, new) = (self.value(change.old, change.unit, self.old), self.value(change.new, change.unit, self.new));
            if change.old.is_none() || !change.is_changed() {
                new
            } else if change.new.is_none() {
                old
            } else {
                format!("{old} → {new}")
            }
        });
        let both = point.old.is_some() && point.new.is_some();
        let changes = point.changes().into_iter().enumerate().filter(|(_, c)| both && c.is_changed());
        let changes =
            changes.map(|(i, c)| (i, c.change().map_or_else(String::new, |by| self.ink().change(by, c.unit)))).collect();
        PointRow { label: point.label.clone(), cells, changes, note: note.map_or_else(String::new, |w| self.say(&w)) }
    }
}

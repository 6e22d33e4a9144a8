//! The replications: each a function of its number alone.

use super::forms::{Forms, Reader};
use super::unknown::Unknowns;
use crate::simulate::cohort::{Cohorts, Luck, Part, Scratch, Setting, Totals};
use rayon::prelude::*;

/// Tries for one draw of what is not known, until all its branches can be.
const TRIES: u64 = 1_000;

/// What is drawn from.
pub(super) struct Replications<'a> {
    /// The journey as written.
    pub(super) cohorts: &'a Cohorts,
    pub(super) setting: &'a Setting,
    pub(super) unknowns: &'a Unknowns,
    pub(super) forms: Option<&'a Forms>,
    pub(super) reader: &'a Reader<'a>,
}

/// What came out, replication by replication: totals in the order of [`super::kinds`].
#[derive(Debug, Default)]
pub(super) struct Drawn {
    /// By chance alone.
    pub(super) stated: Vec<Vec<f64>>,
    /// Two campaigns at the same drawn values.
    pub(super) first: Vec<Vec<f64>>,
    pub(super) second: Vec<Vec<f64>>,
    /// The values.
    pub(super) values: Vec<Vec<f64>>,
    pub(super) redrawn: u64,
    pub(super) unfinished: u64,
}

/// One replication.
struct One {
    stated: Totals,
    known: Option<(Totals, Totals, Vec<f64>)>,
    redrawn: u64,
}

impl Replications<'_> {
    /// Cohorts moved by one replication, about.
    pub(super) fn moves(&self, seed: u64) -> u64 {
        let luck = Luck { seed, part: Part::Stated, replication: 0 };
        let moves = self.cohorts.campaign(self.setting, luck, &mut Scratch::default()).moves;
        if self.unknowns.list.is_empty() { moves } else { 3 * moves }
    }

    pub(super) fn draw(&self, seed: u64, number: u64) -> Drawn {
        let desk = || (Scratch::default(), self.forms.map(|f| f.setting.clone()));
        let one = |(scratch, setting): &mut (Scratch, Option<Setting>), r| self.one(seed, r, scratch, setting);
        let all: Vec<One> = (0..number).into_par_iter().map_init(desk, one).collect();
        let mut drawn = Drawn::default();
        for One { stated, known, redrawn } in all {
            drawn.unfinished += stated.unfinished;
            drawn.stated.push(flat(&stated));
            drawn.redrawn += redrawn;
            if let Some((first, second, values)) = known {
                drawn.unfinished += first.unfinished + second.unfinished;
                drawn.first.push(flat(&first));
                drawn.second.push(flat(&second));
                drawn.values.push(values);
            }
        }
        drawn
    }

    fn one(&self, seed: u64, replication: u64, scratch: &mut Scratch, setting: &mut Option<Setting>) -> One {
        let luck = |part| Luck { seed, part, replication };
        let stated = self.cohorts.campaign(self.setting, luck(Part::Stated), scratch);
        let (Some(forms), Some(setting)) = (self.forms, setting) else { return One { stated, known: None, redrawn: 0 } };
        let mut values = Vec::new();
        let mut redrawn = 0;
        let possible = (0..TRIES).any(|attempt| {
            self.unknowns.draw(luck(Part::Unknown), attempt, &mut values);
            let possible = if forms.moving.is_some() {
                forms.set(&values, setting)
            } else {
                forms.read(self.reader, self.unknowns, &values).is_some_and(|read| {
                    *setting = read;
                    true
                })
            };
            redrawn += u64::from(!possible);
            possible
        });
        if !possible {
            // As good as never possible: as near to what is possible as is known.
            setting.clone_from(&forms.setting);
        }
        let first = forms.cohorts.campaign(setting, luck(Part::First), scratch);
        let second = forms.cohorts.campaign(setting, luck(Part::Second), scratch);
        One { stated, known: Some((first, second, values)), redrawn }
    }
}

fn flat(totals: &Totals) -> Vec<f64> {
    let counts = totals.goals.iter().chain(&totals.ends).map(|n| *n as f64);
    counts.chain([totals.cost, totals.revenue, totals.margin]).collect()
}

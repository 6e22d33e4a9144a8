//! How the numbers of a chain move with what is not known.
//!
//! The journey is read again at chosen values, in exact fractions, by the same code that reads it always, so that nothing of what a
//! line means is written twice. Nearly all numbers of a journey are params, what is left of them, and products of them: linear in
//! each. So a number is recovered from its values with each unknown moved alone (and with two or three moved together where that
//! does not explain it), and held to its value at two further points, where all are moved by other steps. What is not linear in
//! each is told so, and the journey is then read again for every draw.

use super::unknown::Unknowns;
use crate::chain::Chain;
use crate::compile::{Compiled, Journey};
use crate::model::law::nearest;
use crate::model::{Model, ParamId};
use crate::resolve::Given;
use crate::simulate::cohort::{Cohorts, Setting};
use crate::solve::same_shape;
use num_rational::BigRational;
use num_traits::{One, Zero};
use std::collections::BTreeMap;

/// Up to so many unknowns may act together on one number.
const TOGETHER: usize = 4;
/// A number recovered is right if it is as close as this, relative to how far it moves.
const CLOSE: f64 = 1e-9;

/// A journey as a function of what is not known.
#[derive(Debug)]
pub(super) struct Forms {
    /// The chain at values at which all that is possible has a chance, laid out.
    pub(super) cohorts: Cohorts,
    /// Its numbers there.
    pub(super) setting: Setting,
    /// By unknown: its value there, and its step.
    origin: Vec<(f64, f64)>,
    /// The different ways to move; `None` if some number is not linear in each unknown.
    pub(super) moving: Option<Moving>,
    chain: Chain,
}

/// The numbers that move.
#[derive(Debug, Default)]
pub(super) struct Moving {
    forms: Vec<Form>,
    /// Which number follows which form.
    at: Vec<(usize, usize)>,
}

/// A sum of products: a number, and by set of unknowns what moving them all by their step adds to that.
#[derive(Clone, Debug, PartialEq)]
struct Form {
    constant: f64,
    terms: Vec<(Vec<usize>, f64)>,
    /// Whether it is a probability, which cannot be below nothing.
    probability: bool,
}

/// A journey that can be read at other values.
pub(super) struct Reader<'a> {
    pub(super) compiled: &'a Compiled,
    pub(super) model: &'a Model,
}

impl Reader<'_> {
    fn read(&self, unknowns: &Unknowns, values: &[BigRational]) -> Option<(Model, Chain)> {
        let name = |p: ParamId| self.model.params[p.index()].name.name.clone();
        let given: Given = unknowns.list.iter().zip(values).map(|(u, v)| (name(u.param), v.clone())).collect();
        let Journey { program, mut chains } = self.compiled.base_again(&given).ok()?;
        Some((program.base, chains.swap_remove(0)))
    }
}

/// The customers that arrive.
pub(super) fn arrivals(model: &Model) -> f64 {
    nearest(&model.arrivals.iter().map(|a| a.number.clone()).sum::<BigRational>())
}

impl Forms {
    /// Recovers how a journey moves.
    ///
    /// # Errors
    /// The params that cannot be moved by themselves: no journey is possible beside their value.
    pub(super) fn new(reader: &Reader<'_>, unknowns: &Unknowns) -> Result<Self, Vec<ParamId>> {
        let all = || unknowns.list.iter().map(|u| u.param).collect::<Vec<_>>();
        let (origin, model, chain) = origin(reader, unknowns).ok_or_else(all)?;
        let cohorts = Cohorts::new(&chain, model.goals.len());
        let setting = cohorts.setting(&chain, arrivals(&model));
        let mut probes = Probes { reader, unknowns, origin, chain: &chain, length: setting.numbers().len(), steps: Vec::new() };
        let (mut alone, mut held) = (Vec::new(), Vec::new());
        for (i, unknown) in unknowns.list.iter().enumerate() {
            match probes.alone(i) {
                Some((step, numbers)) => {
                    probes.steps.push(step);
                    alone.push(numbers);
                }
                None if unknowns.taken_up_by(i) == Some(i) => {
                    probes.steps.push(BigRational::zero());
                    alone.push(setting.numbers().to_vec());
                }
                None => held.push(unknown.param),
            }
        }
        if !held.is_empty() {
            return Err(held);
        }
        let moving = probes.moving(&setting, &alone);
        let origin = probes.origin.iter().zip(&probes.steps).map(|(at, step)| (nearest(at), nearest(step))).collect();
        Ok(Self { cohorts, setting, origin, moving, chain })
    }

    /// The setting at drawn values; false where some branch would have less than nothing.
    pub(super) fn set(&self, values: &[f64], setting: &mut Setting) -> bool {
        let Some(moving) = &self.moving else { return false };
        let moved = |(value, (at, step)): (&f64, &(f64, f64))| if *step == 0.0 { 0.0 } else { (value - at) / step };
        let moved: Vec<f64> = values.iter().zip(&self.origin).map(moved).collect();
        let numbers: Vec<f64> = moving.forms.iter().map(|form| form.at(&moved)).collect();
        if moving.forms.iter().zip(&numbers).any(|(form, value)| form.probability && *value < -1e-12) {
            return false;
        }
        setting.change(&self.cohorts, moving.at.iter().map(|(number, form)| (*number, numbers[*form])));
        true
    }

    /// The same by reading the journey again.
    pub(super) fn read(&self, reader: &Reader<'_>, unknowns: &Unknowns, values: &[f64]) -> Option<Setting> {
        let values: Option<Vec<BigRational>> = values.iter().map(|v| BigRational::from_float(*v)).collect();
        let (model, chain) = reader.read(unknowns, &values?)?;
        same_shape(&chain, &self.chain).then(|| {
            let cohorts = Cohorts::new(&chain, model.goals.len());
            cohorts.setting(&chain, arrivals(&model))
        })
    }
}

impl Form {
    fn at(&self, moved: &[f64]) -> f64 {
        let product = |of: &[usize]| of.iter().map(|i| moved[*i]).product::<f64>();
        self.constant + self.terms.iter().map(|(of, by)| by * product(of)).sum::<f64>()
    }
}

/// Values at which the journey is possible, and as little as can be is impossible: the means of what is drawn, or values closer to
/// those stated. Of the first two that do, the one with more branches: at the other, one may have just nothing left.
fn origin(reader: &Reader<'_>, unknowns: &Unknowns) -> Option<(Vec<BigRational>, Model, Chain)> {
    let parts = [(1, 1), (13, 17), (3, 7), (1, 9), (1, 67), (1, 1031)];
    let found = parts.into_iter().filter_map(|(a, b)| {
        let part = BigRational::new(a.into(), b.into());
        let at = unknowns.list.iter().map(|u| &u.stated + (&u.mean - &u.stated) * &part).collect::<Vec<_>>();
        let (model, chain) = reader.read(unknowns, &at)?;
        Some((at, model, chain))
    });
    found.take(2).reduce(|best, other| if other.2.branches.len() > best.2.branches.len() { other } else { best })
}

/// The journey at other values, number by number.
struct Probes<'a> {
    reader: &'a Reader<'a>,
    unknowns: &'a Unknowns,
    origin: Vec<BigRational>,
    chain: &'a Chain,
    length: usize,
    steps: Vec<BigRational>,
}

impl Probes<'_> {
    /// All numbers with each unknown moved by so much; shares that add up to one go on doing so.
    fn at(&self, moves: &[(usize, BigRational)]) -> Option<Vec<f64>> {
        let mut values = self.origin.clone();
        for (i, by) in moves {
            values[*i] += by;
            if let Some(last) = self.unknowns.taken_up_by(*i).filter(|last| last != i) {
                values[last] -= by;
            }
        }
        let (model, chain) = self.reader.read(self.unknowns, &values)?;
        if !same_shape(&chain, self.chain) {
            return None;
        }
        let cohorts = Cohorts::new(&chain, model.goals.len());
        let numbers = cohorts.setting(&chain, arrivals(&model)).numbers().to_vec();
        (numbers.len() == self.length).then_some(numbers)
    }

    /// A step by which an unknown can be moved alone, and the numbers there.
    fn alone(&self, i: usize) -> Option<(BigRational, Vec<f64>)> {
        if self.unknowns.taken_up_by(i) == Some(i) {
            return None;
        }
        let room = self.room(i);
        let parts = [(1, 8), (1, 64), (1, 1024), (-1, 1024)];
        parts.into_iter().find_map(|(a, b)| {
            let step = &room * BigRational::new(a.into(), b.into());
            Some((step.clone(), self.at(&[(i, step)])?))
        })
    }

    /// How far an unknown may surely be moved: to nothing, or to the low end of its range.
    fn room(&self, i: usize) -> BigRational {
        let at = &self.origin[i];
        let low = match &self.unknowns.list[i].known {
            super::Known::Range(low, _) => low.clone(),
            _ => BigRational::zero(),
        };
        let room = low - at;
        if room.is_zero() { BigRational::one() } else { room }
    }

    /// All unknowns moved at once, each by another part of its step; less if that is not possible.
    fn all_moved(&self, odd: i64) -> Option<(Vec<f64>, Vec<f64>)> {
        [1, 16, 256].into_iter().find_map(|less| {
            let part = |i: usize| BigRational::new((odd + i as i64 % 5).into(), ((odd + 11) * less).into());
            let parts: Vec<BigRational> = (0..self.steps.len()).map(part).collect();
            let moves: Vec<_> = self.steps.iter().zip(&parts).map(|(step, part)| step * part).enumerate().collect();
            let moves: Vec<_> = moves.into_iter().filter(|(_, by)| !by.is_zero()).collect();
            let numbers = self.at(&moves)?;
            Some((parts.iter().map(nearest).collect(), numbers))
        })
    }

    /// The forms of all numbers; `None` if some number has none.
    fn moving(&self, setting: &Setting, alone: &[Vec<f64>]) -> Option<Moving> {
        let base = setting.numbers();
        if alone.is_empty() {
            return Some(Moving::default());
        }
        let tests = [self.all_moved(3)?, self.all_moved(5)?];
        let mut moving = Moving::default();
        let mut probed: BTreeMap<Vec<usize>, Vec<f64>> = BTreeMap::new();
        for number in 0..base.len() {
            let by: Vec<usize> = (0..alone.len()).filter(|i| alone[*i][number] != base[number]).collect();
            if by.is_empty() {
                continue;
            }
            let probability = setting.probabilities().contains(&number);
            let terms = by.iter().map(|i| (vec![*i], alone[*i][number] - base[number])).collect();
            let mut form = Form { constant: base[number], terms, probability };
            let scale = by.iter().map(|i| (alone[*i][number] - base[number]).abs()).sum::<f64>();
            let right = |form: &Form| tests.iter().all(|(at, numbers)| (form.at(at) - numbers[number]).abs() <= CLOSE * scale);
            if !right(&form) {
                if by.len() > TOGETHER {
                    return None;
                }
                for set in subsets(&by) {
                    if !probed.contains_key(&set) {
                        let moves: Vec<_> = set.iter().map(|i| (*i, self.steps[*i].clone())).collect();
                        probed.insert(set.clone(), self.at(&moves)?);
                    }
                    // What all of them together do beyond what fewer of them do.
                    let moved: Vec<f64> = (0..alone.len()).map(|i| f64::from(u8::from(set.contains(&i)))).collect();
                    let more = probed[&set][number] - form.at(&moved);
                    form.terms.push((set, more));
                }
                if !right(&form) {
                    return None;
                }
            }
            moving.put(number, form);
        }
        Some(moving)
    }
}

impl Moving {
    fn put(&mut self, number: usize, form: Form) {
        let place = self.forms.iter().position(|known| *known == form).unwrap_or_else(|| {
            self.forms.push(form);
            self.forms.len() - 1
        });
        self.at.push((number, place));
    }

    /// Whether anything moves with an unknown.
    pub(super) fn hangs_on(&self, unknown: usize) -> bool {
        self.forms.iter().any(|form| form.terms.iter().any(|(of, by)| *by != 0.0 && of.contains(&unknown)))
    }
}

/// All sets of two or more, the smaller first.
fn subsets(of: &[usize]) -> Vec<Vec<usize>> {
    let pick = |bits: u32| of.iter().enumerate().filter(|(i, _)| bits >> i & 1 == 1).map(|(_, x)| *x).collect::<Vec<_>>();
    let mut all: Vec<Vec<usize>> = (0..1_u32 << of.len()).map(pick).filter(|set| set.len() > 1).collect();
    all.sort_by_key(Vec::len);
    all
}

//! How the numbers of a chain stand in one campaign, and where its luck comes from.

use super::money::Stands;
use super::{Cohorts, Row};
use crate::chain::Chain;
use crate::model::Law;
use crate::simulate::draw::{Curves, Quantity};
use crate::simulate::stream::{Nested, Purpose, Stream, unit};
use rand_distr::Distribution as _;

/// Numbers of one price: mean and standard deviation of the cost, the same of the earning, and its margin.
const OF_A_PRICE: usize = 5;

/// The numbers that a campaign reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// How many customers come; then the probability of each entry and of each branch; then five numbers of each price.
    numbers: Vec<f64>,
    entries: usize,
    /// By entry, then by branch, as [`Row`] has them.
    below: Vec<f64>,
    share: Vec<f64>,
}

impl Cohorts {
    /// The numbers of a chain as they are written there, with how many customers come.
    #[must_use]
    pub fn setting(&self, chain: &Chain, customers: f64) -> Setting {
        let mut numbers = vec![customers];
        numbers.extend(chain.entries.iter().map(|e| chain.probability(e.probability)));
        numbers.extend(chain.branches.iter().map(|b| chain.probability(b.probability)));
        for priced in &self.priced {
            numbers.extend([priced.cost.mean, priced.cost.sd, priced.earns.mean, priced.earns.sd, priced.margin]);
        }
        let ways = self.entries.len() + self.to.len();
        let mut setting = Setting { numbers, entries: self.entries.len(), below: vec![0.0; ways], share: vec![0.0; ways] };
        setting.settle(self);
        setting
    }
}

impl Setting {
    /// All numbers, in an order that chains of one shape share.
    #[must_use]
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// Which of them are probabilities.
    #[must_use]
    pub fn probabilities(&self) -> std::ops::Range<usize> {
        1..1 + self.below.len()
    }

    /// Changes numbers, then makes the rows ready. A number below 0 stands for 0; a row that does not add up to one is brought back
    /// to it, all in proportion.
    pub fn change(&mut self, cohorts: &Cohorts, changes: impl IntoIterator<Item = (usize, f64)>) {
        for (at, value) in changes {
            self.numbers[at] = value;
        }
        self.settle(cohorts);
    }

    fn settle(&mut self, cohorts: &Cohorts) {
        self.settle_row(0, self.entries);
        for s in 0..cohorts.states {
            let (start, end) = (cohorts.first_branch[s] as usize, cohorts.first_branch[s + 1] as usize);
            self.settle_row(self.entries + start, self.entries + end);
        }
    }

    fn settle_row(&mut self, start: usize, end: usize) {
        let probability = |i: usize| self.numbers[1 + i].max(0.0);
        let mut sum = 0.0;
        for i in start..end {
            sum += probability(i);
            self.below[i] = sum;
        }
        let mut left = 0.0;
        for i in (start..end).rev() {
            let here = probability(i);
            left += here;
            self.share[i] = if left > 0.0 { here / left } else { 0.0 };
        }
        // Whoever is left takes the last branch that anybody can take.
        if let Some(last) = (start..end).rev().find(|i| self.share[*i] > 0.0) {
            self.share[last] = 1.0;
        }
    }

    /// How many customers come: the nearest whole number.
    #[must_use]
    pub fn customers(&self) -> u64 {
        self.numbers[0].round() as u64
    }

    pub(super) fn entries(&self) -> Row<'_> {
        Row { below: &self.below[..self.entries], share: &self.share[..self.entries] }
    }

    pub(super) fn row(&self, start: usize, end: usize) -> Row<'_> {
        let range = self.entries + start..self.entries + end;
        Row { below: &self.below[range.clone()], share: &self.share[range] }
    }

    /// Cost, earning and margin of a price.
    pub(super) fn price(&self, index: usize) -> (Stands, Stands, f64) {
        let at = 1 + self.below.len() + index * OF_A_PRICE;
        let n = &self.numbers[at..at + OF_A_PRICE];
        (Stands { mean: n[0], sd: n[1] }, Stands { mean: n[2], sd: n[3] }, n[4])
    }
}

/// Whose luck it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Campaigns at the stated values.
    Stated,
    /// Campaigns at drawn values: the first of two.
    First,
    /// The second.
    Second,
    /// What is not known.
    Unknown,
}

/// The random numbers of one replication.
#[derive(Clone, Copy, Debug)]
pub struct Luck {
    /// Where luck starts.
    pub seed: u64,
    /// Whose it is.
    pub part: Part,
    /// Which replication.
    pub replication: u64,
}

impl Luck {
    pub(super) fn stream(self) -> Stream {
        // Not the luck of any customer who is walked alone.
        let salt = match self.part {
            Part::Stated => 0xC2B2_AE3D_27D4_EB4F,
            Part::First => 0x1656_67B1_9E37_79F9,
            Part::Second => 0x85EB_CA77_C2B2_AE63,
            Part::Unknown => 0x27D4_EB2F_1656_67C5,
        };
        Stream::new(self.seed ^ salt, self.replication)
    }
}

/// Something that is not known, to draw from.
#[derive(Clone, Debug)]
pub struct Unsure(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Even { low: f64, width: f64 },
    Gamma(rand_distr::Gamma<f64>),
    Law(Quantity),
}

impl Unsure {
    /// Anything between two values, evenly.
    #[must_use]
    pub fn even(low: f64, high: f64) -> Self {
        Self(Kind::Even { low, width: high - low })
    }

    /// A gamma of that shape and scale 1: shares of such are a Dirichlet (of two, a beta). `None` unless the shape is above 0.
    #[must_use]
    pub fn gamma(shape: f64) -> Option<Self> {
        rand_distr::Gamma::new(shape, 1.0).ok().map(|gamma| Self(Kind::Gamma(gamma)))
    }

    /// A law.
    #[must_use]
    pub fn law(law: &Law) -> Self {
        Self(Kind::Law(Quantity::new([law], &mut Curves::default())))
    }

    /// A value, from the luck of a replication; `place` tells one thing that is drawn from another.
    #[must_use]
    pub fn draw(&self, luck: Luck, place: u64) -> f64 {
        let word = luck.stream().word(place, Purpose::Takes);
        match &self.0 {
            Kind::Even { low, width } => low + width * unit(word),
            Kind::Gamma(gamma) => gamma.sample(&mut Nested::new(word)),
            Kind::Law(law) => law.draw(|| word),
        }
    }
}

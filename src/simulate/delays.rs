//! How long visits and ways take.
//!
//! Comes in: by passage, the law of the visit that it leaves and that of the way. Goes out: seconds, a wave at a time. What must
//! hold: what is certain costs nothing, and what is drawn from one curve (most of it) makes the processor guess nothing.

use super::draw::{Lazy, Quantity};
use super::stream::{Purpose, Stream};
use super::walk::Step;
use std::collections::HashMap;
use std::sync::Arc;

/// The laws of delays.
#[derive(Clone, Debug)]
pub(super) struct Delays {
    /// By passage: the places of the law of its visit and of that of its way.
    of_passage: Box<[[u32; 2]]>,
    laws: Box<[Delay]>,
    /// The curve of all laws that are drawn, if there is but one.
    one: Option<Arc<Lazy>>,
    /// By law: its constant and its scale, if it has a curve.
    lines: Box<[[f64; 2]]>,
    /// By law: what is certain of it.
    certain: Box<[f64]>,
    /// By law: whether it is drawn.
    drawn: Box<[bool]>,
}

#[derive(Clone, Debug)]
struct Delay {
    constant: f64,
    scale: f64,
    curve: Option<Arc<Lazy>>,
    /// The law itself.
    whole: Quantity,
}

/// Seconds of a wave. A buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// By step of the wave: in the visit that it leaves, and on the way.
    pub(super) seconds: Vec<[f64; 2]>,
    /// Steps of the wave whose visit, or way, is drawn; with its law.
    places: [Vec<(u32, u32)>; 2],
}

/// The purposes of the words, in the order of laws.
const PURPOSES: [Purpose; 2] = [Purpose::Takes, Purpose::After];

impl Delays {
    /// By passage: the number of the visit that it leaves, with its law, if it leaves one; and of the way.
    pub(super) fn new<'a>(passages: impl Iterator<Item = (Option<(u32, &'a Quantity)>, (u32, &'a Quantity))>) -> Self {
        let (mut known, mut laws) = (HashMap::new(), Vec::new());
        let nothing = Quantity::default();
        let mut place = |purpose: usize, law: Option<(u32, &Quantity)>| {
            *known.entry((purpose, law.map(|law| law.0))).or_insert_with(|| {
                laws.push(Delay::new(law.map_or(&nothing, |law| law.1)));
                laws.len() as u32 - 1
            })
        };
        let of_passage = passages.map(|(takes, after)| [place(0, takes), place(1, Some(after))]).collect();
        let drawn: Box<[bool]> = laws.iter().map(|law| law.whole.certain().is_none()).collect();
        let mut curves = laws.iter().zip(&drawn).filter(|(_, drawn)| **drawn).map(|(law, _)| law.curve.as_ref());
        let one = curves.next().flatten().filter(|one| curves.all(|other| other.is_some_and(|other| Arc::ptr_eq(one, other))));
        Self {
            of_passage,
            one: one.cloned(),
            lines: laws.iter().map(|law| [law.constant, law.scale]).collect(),
            certain: laws.iter().map(|law| law.whole.certain().unwrap_or_default().max(0.0)).collect(),
            drawn,
            laws: laws.into(),
        }
    }

    /// Draws those of a wave; `number` is the number of the visits that are left.
    pub(super) fn draw(&self, wave: &[Step], streams: &[Stream], number: u64, drawn: &mut Drawn) {
        drawn.seconds.resize(wave.len(), [0.0; 2]);
        let seconds = &mut drawn.seconds[..wave.len()];
        let mut found = [0; 2];
        for places in &mut drawn.places {
            places.resize(wave.len().max(places.len()), (0, 0));
        }
        let [visits, ways] = &mut drawn.places;
        let (visits, ways) = (&mut visits[..wave.len()], &mut ways[..wave.len()]);
        for ((place, step), seconds) in (0..).zip(wave).zip(&mut *seconds) {
            let [takes, after] = self.of_passage[step.passage as usize];
            *seconds = [self.certain[takes as usize], self.certain[after as usize]];
            visits[found[0]] = (place, takes);
            ways[found[1]] = (place, after);
            found[0] += usize::from(self.drawn[takes as usize]);
            found[1] += usize::from(self.drawn[after as usize]);
        }
        for (which, places) in [&visits[..found[0]], &ways[..found[1]]].into_iter().enumerate() {
            let word = |place: u32| streams[wave[place as usize].who as usize].word(number, PURPOSES[which]);
            if let Some(one) = &self.one {
                let curve = one.curve();
                for &(place, law) in places {
                    let [constant, scale] = self.lines[law as usize];
                    seconds[place as usize][which] = (constant + scale * one.value_by(curve, word(place))).max(0.0);
                }
            } else {
                for &(place, law) in places {
                    seconds[place as usize][which] = self.laws[law as usize].value(word(place)).max(0.0);
                }
            }
        }
    }
}

impl Delay {
    fn new(law: &Quantity) -> Self {
        let (constant, scale, curve) = law.curve().map_or((0.0, 0.0, None), |(a, b, curve)| (a, b, Some(Arc::clone(curve))));
        Self { constant, scale, curve, whole: law.clone() }
    }

    #[inline]
    fn value(&self, word: u64) -> f64 {
        match &self.curve {
            Some(curve) => self.constant + self.scale * curve.value(word),
            None => self.whole.draw(|| word),
        }
    }
}

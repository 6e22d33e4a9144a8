//! How long visits and ways take.
//!
//! Comes in: by passage, the law of the visit that it leaves and that of the way. Goes out: seconds, a wave at a time. What must
//! hold: what is certain costs nothing, and what is drawn from one curve (most of it) makes the processor guess nothing.

use super::buffer::Buffer;
use super::draw::{Lazy, Quantity};
use super::lanes::Lanes;
use super::stream::{Purpose, Stream, distance};
use super::walk::{Step, Times, Walkers};
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

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
    /// Made when it is first read.
    together: OnceLock<Option<Together>>,
}

/// The laws as words and their curves as one table, to be read at several places at once.
#[derive(Clone, Debug)]
#[cfg_attr(not(target_arch = "x86_64"), expect(dead_code, reason = "only lanes read it"))]
pub(super) struct Together {
    /// By passage: the lines of its visit and of its way, in the lower and the upper half.
    pub(super) of_passage: Box<[u32]>,
    /// By line: the bits of a constant and of a scale (0 if that is certain), how it is drawn, and a law that is drawn so.
    pub(super) lines: Box<[u64]>,
    /// The coefficients of the curves, cell by cell.
    pub(super) cells: Box<[f64]>,
}

/// How a law is drawn: an even chance between 0 and 1; by itself; or by a curve, whose first cell is in the lower half and the number of
/// cells of one of its tails above it. 0 if it is certain.
pub(super) const EVEN: u64 = 1 << 63;
pub(super) const BY_ITSELF: u64 = 1 << 62;
/// The line of what takes no time.
pub(super) const NO_TIME: u32 = 0;
/// Curves that are made before anybody asks for them, at most.
const MOST_CURVES: usize = 64;

#[derive(Clone, Debug)]
struct Delay {
    constant: f64,
    scale: f64,
    curve: Option<Arc<Lazy>>,
    /// The law itself.
    whole: Quantity,
}

/// What is to be drawn of a wave. A buffer.
#[derive(Clone, Debug, Default)]
pub(super) struct Listed {
    /// Steps whose visit, or way, is drawn.
    pub(super) places: Buffer<Placed>,
    /// Their streams, where they are listed too.
    pub(super) streams: Buffer<Stream>,
}

/// A step of a wave, and the law that is drawn for it; where laws are read [`Together`], its line.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C)]
pub(super) struct Placed {
    pub(super) place: u32,
    pub(super) law: u32,
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
            together: OnceLock::new(),
        }
    }

    /// Draws when the steps of a wave were made; `number` is the number of the visits that are left. All lists have spare room; that
    /// of when visits began is empty if nobody asks.
    pub(super) fn draw(
        &self,
        lanes: Option<Lanes>,
        (wave, number): (&[Step], u64),
        walkers: &Walkers,
        times: Times<&mut [f64]>,
        listed: &mut Listed,
    ) {
        let [of_visits, of_ways] = PURPOSES.map(|purpose| distance(number, purpose));
        let width = walkers.who.len();
        listed.places.set_length(width);
        listed.streams.set_length(width);
        if let Some((lanes, together)) = lanes.and_then(|lanes| Some((lanes, self.together()?))) {
            return lanes.draw((self, together), [of_visits, of_ways], wave, walkers, times, listed);
        }
        let Times { since, depart, arrive } = times;
        self.draw_one_by_one((0, of_visits), wave, walkers, depart, &mut listed.places);
        self.draw_one_by_one((1, of_ways), wave, walkers, arrive, &mut listed.places);
        for ((now, depart), arrive) in walkers.now.iter().zip(&mut *depart).zip(arrive) {
            *depart += now;
            *arrive += *depart;
        }
        since.iter_mut().zip(&*walkers.now).for_each(|(since, now)| *since = *now);
    }

    /// The seconds of visits, or of ways.
    fn draw_one_by_one(
        &self,
        (which, distance): (usize, u64),
        wave: &[Step],
        walkers: &Walkers,
        seconds: &mut [f64],
        places: &mut [Placed],
    ) {
        let mut found = 0;
        for ((place, step), seconds) in (0..walkers.who.len() as u32).zip(wave).zip(&mut *seconds) {
            let law = self.of_passage[step.passage as usize][which];
            *seconds = self.certain[law as usize];
            places[found] = Placed { place, law };
            found += usize::from(self.drawn[law as usize]);
        }
        let word = |place: u32| walkers.streams[place as usize].word_at(distance);
        if let Some(one) = &self.one {
            let curve = one.curve();
            for &Placed { place, law } in &places[..found] {
                let [constant, scale] = self.lines[law as usize];
                seconds[place as usize] = (constant + scale * one.value_by(curve, word(place))).max(0.0);
            }
        } else {
            for &Placed { place, law } in &places[..found] {
                seconds[place as usize] = self.value(law, word(place));
            }
        }
    }

    /// What a law gives for a word.
    #[inline]
    pub(super) fn value(&self, law: u32, word: u64) -> f64 {
        self.laws[law as usize].value(word).max(0.0)
    }

    /// The laws as one table, unless they are too many.
    fn together(&self) -> Option<&Together> {
        self.together.get_or_init(|| Together::new(self)).as_ref()
    }
}

impl Together {
    fn new(delays: &Delays) -> Option<Self> {
        let (mut curves, mut cells): (Vec<(*const Lazy, u64)>, Vec<f64>) = (Vec::new(), Vec::new());
        let mut of_curve = |curve: &Arc<Lazy>| {
            if let Some((_, how)) = curves.iter().find(|(known, _)| std::ptr::eq(*known, Arc::as_ptr(curve))) {
                return *how;
            }
            if !curve.is_quick() || curves.len() == MOST_CURVES {
                return BY_ITSELF;
            }
            let (first, own) = (cells.len() as u64 / 4, curve.curve().cells());
            cells.extend(own.as_flattened());
            let how = first | (own.len() as u64 / 2) << 32;
            curves.push((Arc::as_ptr(curve), how));
            how
        };
        let (mut known, mut lines) = (HashMap::from([(([0; 3], 0), NO_TIME)]), vec![0; 4]);
        let of_law = (0..).zip(&delays.laws).map(|(number, law)| {
            let (constant, scale, how) = match (law.whole.certain(), law.whole.even(), &law.curve) {
                (Some(certain), ..) => (certain, 0.0, 0),
                (_, Some((constant, scale)), _) => (constant, scale, EVEN),
                (.., Some(curve)) => (law.constant, law.scale, of_curve(curve)),
                _ => (0.0, 0.0, BY_ITSELF),
            };
            let line = [constant.to_bits(), scale.to_bits(), how];
            *known.entry((line, if how == BY_ITSELF { number } else { 0 })).or_insert_with(|| {
                lines.extend(line);
                lines.push(number);
                lines.len() as u32 / 4 - 1
            })
        });
        let of_law: Box<[u32]> = of_law.collect();
        let pair = |[visit, way]: &[u32; 2]| of_law[*visit as usize] | of_law[*way as usize] << 16;
        let fits = of_law.iter().all(|line| *line <= u32::from(u16::MAX));
        // A table that is read is never empty.
        cells.resize(cells.len().max(4), 0.0);
        fits.then(|| Self { of_passage: delays.of_passage.iter().map(pair).collect(), lines: lines.into(), cells: cells.into() })
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

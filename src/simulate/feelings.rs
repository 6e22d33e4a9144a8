//! What each touchpoint was to each customer: how often he met it, and what he felt there.

use super::layout::Layout;
use super::path::Trails;
use super::stream::Purpose;
use super::tables::Tables;
use super::walk::Log;

/// What a thread needs for it; filled anew for each customer.
#[derive(Clone, Debug)]
pub(super) struct Impressions {
    /// By touchpoint.
    met: Vec<Met>,
    /// Touchpoints met, in the order of meeting.
    order: Vec<u32>,
}

/// What a touchpoint was to one customer.
#[derive(Clone, Copy, Debug, Default)]
struct Met {
    times: u32,
    feelings: u32,
    felt: f64,
}

impl Met {
    fn feel(&mut self, felt: Option<f64>) {
        if let Some(felt) = felt {
            self.felt += felt;
            self.feelings += 1;
        }
    }
}

impl Impressions {
    pub(super) fn new(touchpoints: usize) -> Self {
        Self { met: vec![Met::default(); touchpoints], order: Vec::new() }
    }

    /// Counts a customer of a log: squares of his meetings into `squares` (by touchpoint), what he felt and his efforts into the
    /// sums of his persona.
    pub(super) fn count(
        &mut self,
        (tables, log): (&Tables, &Log),
        (trails, who): (&Trails, usize),
        squares: &mut [u64],
        (layout, persona, sums): (&Layout, usize, &mut [f64]),
    ) {
        let stream = log.streams[who];
        let mut here = None;
        for (number, place) in (0..).zip(trails.of(who)) {
            let (leave, to) = tables.met_by(log.steps[*place as usize].passage);
            if let Some(touchpoint) = here {
                let met: &mut Met = &mut self.met[touchpoint];
                met.feel(leave.rewards.on_leaving(stream, number).felt);
            }
            let Some((state, visit)) = to.state else { break };
            let met = &mut self.met[state.touchpoint as usize];
            if met.times == 0 {
                self.order.push(state.touchpoint);
            }
            met.times += 1;
            met.feel(visit.rewards.on_meeting(stream, number + 1).felt);
            if let Some(effort) = &visit.effort {
                let at = layout.point(persona, state.touchpoint as usize) + 1;
                sums[at] += effort.draw(|| stream.word(number + 1, Purpose::Effort));
            }
            here = Some(state.touchpoint as usize);
        }
        for touchpoint in self.order.drain(..) {
            let met = std::mem::take(&mut self.met[touchpoint as usize]);
            squares[touchpoint as usize] += u64::from(met.times) * u64::from(met.times);
            if met.feelings > 0 {
                let (at, feelings) = (layout.point(persona, touchpoint as usize), f64::from(met.feelings));
                sums[at] += met.felt;
                sums[at + 2] += met.felt * met.felt;
                sums[at + 3] += feelings * feelings;
                sums[at + 4] += met.felt * feelings;
            }
        }
    }
}

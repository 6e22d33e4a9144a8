//! On which side of the lanes a track runs: where its legs cross fewer bands.

use super::super::bubbles::Bubble;
use super::super::flows::Kinds;
use super::super::view::MapView;
use super::Track;

/// What a lane to be crossed costs, beside the bands in it.
const LANE: f64 = 0.4;

/// What legs would cross, before anything has a height: bands as straight lines from lane to lane.
pub(super) struct Sides<'a> {
    /// By band: column and lane where it starts, and where it ends.
    bands: Vec<[(f64, f64); 2]>,
    bubbles: &'a [Bubble],
    /// By touchpoint: the place of its lane from the top.
    lanes: Vec<f64>,
    bottom: f64,
}

impl<'a> Sides<'a> {
    pub(super) fn new(view: &MapView, kinds: &Kinds, order: &[usize], bubbles: &'a [Bubble]) -> Self {
        let place = |lane: usize| order.iter().position(|&other| other == lane).unwrap_or(0) as f64;
        let lanes: Vec<f64> = view.points.iter().map(|point| place(point.lane)).collect();
        let at = |point: usize| (bubbles[point].column as f64, lanes[point]);
        let band = |&flow: &usize| Some([at(view.flows[flow].from?), at(view.flows[flow].to)]);
        let bands = kinds.onwards.iter().filter_map(band).collect();
        Self { bands, bubbles, lanes, bottom: (order.len() as f64 - 1.0).max(0.0) }
    }

    /// Whether a track crosses fewer bands above its ends than below them; of equals the half of the lanes decides.
    pub(super) fn is_above(&self, view: &MapView, track: &Track) -> bool {
        let target = (self.bubbles[track.to].column as f64 - 0.5, self.lanes[track.to]);
        let sources = track.flows.iter().filter_map(|&flow| view.flows[flow].from);
        let sources = sources.map(|from| (self.bubbles[from].column as f64 + 0.5, self.lanes[from]));
        let (mut above, mut below) = (0.0, 0.0);
        for (gutter, lane) in std::iter::once(target).chain(sources) {
            above += LANE * lane;
            below += LANE * (self.bottom - lane);
            for height in self.bands.iter().filter_map(|band| crossing(band, gutter)) {
                if height < lane - 0.05 {
                    above += 1.0;
                } else if height > lane + 0.05 {
                    below += 1.0;
                }
            }
        }
        if above == below { 2.0 * target.1 <= self.bottom } else { above < below }
    }
}

/// The height at which a band passes between two columns, if it does.
fn crossing(band: &[(f64, f64); 2], gutter: f64) -> Option<f64> {
    let [(x0, y0), (x1, y1)] = *band;
    (x0 < gutter && gutter < x1).then(|| y0 + (y1 - y0) * (gutter - x0) / (x1 - x0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_crosses_the_gutters_between_its_ends() {
        // From column 1, lane 0 to column 3, lane 4: half-way at 2.
        let band = [(1.0, 0.0), (3.0, 4.0)];
        assert_eq!([0.5, 1.5, 2.5, 3.5].map(|gutter| crossing(&band, gutter)), [None, Some(1.0), Some(3.0), None]);
    }
}

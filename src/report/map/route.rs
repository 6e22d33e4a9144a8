//! The way of a band past what stands in the columns that it crosses.
//!
//! Comes in: where the band starts and ends, the columns between, what stands there. Goes out: a point per column. Of a few
//! heights per column, dynamic programming takes those that make the shortest way with the fewest words, bubbles and other
//! bands under it.

use super::boxes::{Owner, Rect};

/// What a band meets on its way.
#[derive(Clone, Debug, Default)]
pub(super) struct Terrain {
    /// By column: bubbles, labels, drops.
    pub(super) boxes: Vec<Vec<(Rect, Owner)>>,
    /// By column: bands that cross it, from where to where.
    pub(super) bands: Vec<Vec<(f64, f64)>>,
    /// By column: its middle.
    pub(super) columns: Vec<f64>,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// An end of a band: where, and whose.
#[derive(Clone, Copy, Debug)]
pub(super) struct End {
    pub(super) at: (f64, f64),
    pub(super) owner: Owner,
}

/// Between a band and what it passes.
const CLEAR: f64 = 3.0;
/// Heights tried per column.
const TRIED: usize = 22;
/// What a step over a box costs, in units of way.
const OVER_BOX: f64 = 16.0;
/// What a unit over another band costs.
const OVER_BAND: f64 = 1.2;

impl Terrain {
    /// The points of a band, its ends included; the columns between are marked as crossed.
    pub(super) fn route(&mut self, from: End, to: End, width: f64) -> Vec<(f64, f64)> {
        let between: Vec<usize> =
            (0..self.columns.len()).filter(|&c| self.columns[c] > from.at.0 + 1.0 && self.columns[c] < to.at.0 - 1.0).collect();
        let mut points = vec![from.at];
        points.extend(self.best(from, to, width, &between));
        points.push(to.at);
        for (&column, &(_, y)) in between.iter().zip(&points[1..]) {
            self.bands[column].push((y - width / 2.0, y + width / 2.0));
        }
        points
    }

    fn best(&self, from: End, to: End, width: f64, between: &[usize]) -> Vec<(f64, f64)> {
        let owners = [from.owner, to.owner];
        // By height in the last column: cost so far, and the way.
        let mut ways: Vec<(f64, Vec<(f64, f64)>)> = vec![(0.0, vec![from.at])];
        for &column in between {
            let x = self.columns[column];
            let ideal = from.at.1 + (to.at.1 - from.at.1) * (x - from.at.0) / (to.at.0 - from.at.0).max(1.0);
            ways = self
                .heights(column, ideal, from.at.1, to.at.1, width, owners)
                .into_iter()
                .filter_map(|y| {
                    let here = self.cost_at(column, y, width) + 0.04 * (y - ideal).abs();
                    let cheapest = ways
                        .iter()
                        .map(|(cost, way)| (cost + self.cost_along(way[way.len() - 1], (x, y), width, owners), way))
                        .min_by(|a, b| a.0.total_cmp(&b.0))?;
                    let mut way = cheapest.1.clone();
                    way.push((x, y));
                    Some((cheapest.0 + here, way))
                })
                .collect();
        }
        ways.into_iter()
            .map(|(cost, way)| (cost + self.cost_along(way[way.len() - 1], to.at, width, owners), way))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .map(|(_, way)| way[1..].to_vec())
            .unwrap_or_default()
    }

    /// The heights worth trying in a column: free ones, nearest to the straight way first; without any, the straight way.
    fn heights(&self, column: usize, ideal: f64, start: f64, end: f64, width: f64, owners: [Owner; 2]) -> Vec<f64> {
        let half = width / 2.0 + CLEAR;
        let (low, high) = (self.top + half, self.bottom - half);
        let mut heights = vec![ideal, start, end, f64::midpoint(ideal, start), f64::midpoint(ideal, end)];
        for (rect, _) in &self.boxes[column] {
            // The way still climbs beside the highest point, so that what is wide needs more than the least.
            for more in [0.0, 5.0, 12.0] {
                heights.extend([rect.y0 - half - more, rect.y1 + half + more]);
            }
        }
        for &(upper, lower) in &self.bands[column] {
            heights.extend([upper - width / 2.0 - 1.0, lower + width / 2.0 + 1.0]);
        }
        heights.retain(|y| *y >= low - 0.01 && *y <= high + 0.01);
        heights.retain(|y| {
            !self.boxes[column]
                .iter()
                .any(|(rect, owner)| !owned(*owner, owners) && y + half > rect.y0 + 0.02 && y - half < rect.y1 - 0.02)
        });
        heights.sort_by(|a, b| (a - ideal).abs().total_cmp(&(b - ideal).abs()).then(a.total_cmp(b)));
        heights.dedup_by(|a, b| (*a - *b).abs() < 1.0);
        heights.truncate(TRIED);
        if heights.is_empty() {
            heights.push(ideal.clamp(low.min(high), high.max(low)));
        }
        heights
    }

    /// What lies over other bands in a column.
    fn cost_at(&self, column: usize, y: f64, width: f64) -> f64 {
        let half = width / 2.0;
        let over: f64 =
            self.bands[column].iter().map(|&(upper, lower)| ((y + half).min(lower) - (y - half).max(upper)).max(0.0)).sum();
        over * OVER_BAND
    }

    /// What a piece of the way costs: its detour, and the boxes under it.
    fn cost_along(&self, a: (f64, f64), b: (f64, f64), width: f64, owners: [Owner; 2]) -> f64 {
        const STEPS: u32 = 14;
        let detour = libm::hypot(b.0 - a.0, b.1 - a.1) - (b.0 - a.0);
        let near = |c: &usize| self.columns[*c] > a.0 - 120.0 && self.columns[*c] < b.0 + 120.0;
        let columns: Vec<usize> = (0..self.columns.len()).filter(near).collect();
        let mut hits = 0.0;
        for step in 1..STEPS {
            let t = f64::from(step) / f64::from(STEPS);
            let (x, y) = (a.0 + (b.0 - a.0) * t, a.1 + (b.1 - a.1) * t * t * (3.0 - 2.0 * t));
            let half = width / 2.0 + 1.0;
            let hit = columns.iter().flat_map(|&c| &self.boxes[c]).any(|(rect, owner)| {
                !owned(*owner, owners) && x > rect.x0 && x < rect.x1 && y + half > rect.y0 && y - half < rect.y1
            });
            hits += if hit { OVER_BOX } else { 0.0 };
        }
        detour + hits
    }
}

fn owned(owner: Owner, owners: [Owner; 2]) -> bool {
    owner.is_some() && owners.contains(&owner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terrain(boxes: Vec<(Rect, Owner)>) -> Terrain {
        Terrain {
            boxes: vec![Vec::new(), boxes, Vec::new()],
            bands: vec![Vec::new(); 3],
            columns: vec![0.0, 100.0, 200.0],
            top: 0.0,
            bottom: 300.0,
        }
    }

    fn end(x: f64, y: f64) -> End {
        End { at: (x, y), owner: None }
    }

    #[test]
    fn a_band_passes_beside_what_stands_in_its_way() {
        let mut terrain = terrain(vec![(Rect { x0: 70.0, y0: 130.0, x1: 130.0, y1: 200.0 }, Some(9))]);
        let way = terrain.route(end(0.0, 150.0), end(200.0, 150.0), 10.0);
        // Above, 130 − 5 − 3 at the lowest: below would be 58 further.
        assert_eq!((way[0], way[2]), ((0.0, 150.0), (200.0, 150.0)));
        assert!(way[1].1 <= 122.0 && way[1].1 > 100.0, "{way:?}");
        // The next one keeps clear of it and of the box.
        let next = terrain.route(end(0.0, 150.0), end(200.0, 150.0), 10.0);
        assert!((next[1].1 - way[1].1).abs() >= 10.0 && next[1].1 <= 122.0, "{next:?}");
    }

    #[test]
    fn a_free_way_is_straight() {
        let mut terrain = terrain(Vec::new());
        assert_eq!(terrain.route(end(0.0, 50.0), end(200.0, 150.0), 4.0)[1], (100.0, 100.0));
        assert_eq!(terrain.route(end(0.0, 50.0), end(100.0, 150.0), 4.0).len(), 2);
    }
}

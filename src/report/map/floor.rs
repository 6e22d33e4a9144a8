//! Where lanes and bubbles lie, from top to bottom.

use super::boxes::Rect;
use super::bubbles::Bubble;
use super::canvas::{Canvas, Layer, Text, attributes, sides};
use super::grid::Grid;
use super::marks;
use super::ranks::Columns;
use super::sheet::{GUTTER, LANES, MARGIN};
use super::style::Ink;
use super::text::Face;
use super::view::MapView;
use super::words::Phrases;

/// No lane is lower.
const LOWEST: f64 = 92.0;
/// Between lanes.
const BETWEEN: f64 = 4.0;
/// Above and below the bubbles of a lane, together.
const AIR: f64 = 14.0;
/// Two bubbles that share a place are that far from their middle at least.
const APART: f64 = 45.0;

/// A lane in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lane {
    /// Index in the view.
    pub(super) index: usize,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// Gives lanes and bubbles their heights from `top` on.
pub(super) fn lay(view: &MapView, order: &[usize], columns: &Columns, bubbles: &mut [Bubble], top: f64) -> Vec<Lane> {
    let mut lanes = Vec::new();
    let mut y = top;
    for &lane in order {
        let (mut up, mut down) = (0.0_f64, 0.0_f64);
        let mut offsets: Vec<(usize, f64)> = Vec::new();
        for cell in columns.cells.iter().map(|lanes| &lanes[lane]).filter(|cell| !cell.is_empty()) {
            let placed = stack(cell, bubbles);
            for &(member, offset) in &placed {
                up = up.max(bubbles[member].up - offset);
                down = down.max(bubbles[member].down + offset);
            }
            offsets.extend(placed);
        }
        let name = Face::bold(14.0).wrap(&view.lanes[lane].label, GUTTER, 3).0.len() as f64 * 17.0 + 46.0;
        let height = (up + down + AIR).max(LOWEST).max(name);
        let centre = y + up + (height - up - down) / 2.0;
        for (member, offset) in offsets {
            bubbles[member].y = centre + offset;
        }
        lanes.push(Lane { index: lane, top: y, bottom: y + height });
        y += height + BETWEEN;
    }
    lanes
}

/// Those who share a place, above each other about its middle: who, and how far below it.
fn stack(cell: &[usize], bubbles: &[Bubble]) -> Vec<(usize, f64)> {
    let mut at = vec![0.0_f64];
    for pair in cell.windows(2) {
        let distance = (bubbles[pair[0]].down + bubbles[pair[1]].up + 6.0).max(2.0 * APART);
        at.push(at.last().copied().unwrap_or(0.0) + distance);
    }
    let middle = at.last().copied().unwrap_or(0.0) / 2.0;
    cell.iter().copied().zip(at.into_iter().map(|y| y - middle)).collect()
}

/// Draws the lanes, their names and marks, and the rules between stages.
pub(super) fn draw(canvas: &mut Canvas, view: &MapView, lanes: &[Lane], grid: &Grid, words: &Phrases, rules_from: f64) {
    for lane in lanes {
        let shown = &view.lanes[lane.index];
        let place = sides(&Rect { x0: LANES - 6.0, y0: lane.top, x1: grid.right + 4.0, y1: lane.bottom });
        let hooks = attributes(&[("lane", &shown.name)]);
        canvas.shape(Layer::Ground, "rect", &format!("{place} rx=\"5\""), &format!("class=\"{}\"{hooks}", Ink::Lane.fill()));
        let face = Face::bold(14.0);
        let (lines, cut) = face.wrap(&shown.label, GUTTER, 3);
        let rows = usize::from(shown.media.is_some()) + usize::from(shown.presence.is_some());
        let height = lines.len() as f64 * 17.0 + rows as f64 * 19.0;
        let mut y = f64::midpoint(lane.top, lane.bottom) - height / 2.0 + 13.0;
        for line in &lines {
            let title = cut.then_some(shown.label.as_str());
            canvas.text(Layer::Words, MARGIN, y, &Text::new(line, face, Ink::First).titled(title));
            y += 17.0;
        }
        y += 2.0;
        let mut note = |canvas: &mut Canvas, draw: &dyn Fn(&mut Canvas, f64, f64), label: &str| {
            draw(canvas, MARGIN, y - 4.0);
            canvas.text(Layer::Words, MARGIN + 19.0, y, &Text::new(label, Face::plain(12.0), Ink::Second));
            y += 19.0;
        };
        if let Some(media) = shown.media {
            note(canvas, &|canvas, x, y| marks::media(canvas, x, y, media), &words.media(media));
        }
        if let Some(presence) = shown.presence {
            note(canvas, &|canvas, x, y| marks::presence(canvas, x, y, presence), &words.presence(presence));
        }
    }
    let bottom = lanes.last().map_or(rules_from, |lane| lane.bottom);
    for &(from, _) in grid.stages.iter().skip(1) {
        canvas.line(Layer::Ground, (from, rules_from), (from, bottom), Ink::Rule, 1.0);
    }
}

//! The journey map: one picture of who goes where, where they give up, and how it feels.
//!
//! Comes in: [`MapView`], what a map shows as plain data. Goes out: SVG that stands alone ([`draw`]). What must hold: every place
//! is found by rule, none by hand; no two texts overlap, no text leaves the picture, no bubble lies on another or on the text of
//! another; the same view gives the same bytes.
//!
//! The picture is made in this order: minor channels of the largest maps are folded (`fold`), then come columns (`ranks`), lanes (`lanes`), how large customers are (`scale`), places from left to
//! right (`grid`) and from top to bottom (`bubbles`, `floor`), the head (`header`), the bands (`flows`, `route`, `bands`),
//! customers who come back (`returns`), words (`labels`, `panel`), and below the lanes how it feels (`felt`), what is done,
//! thought and measured (`rows`) and how to read all that (`legend`). Text is measured by `text` with the widths in `advances`.

mod advances;
mod bands;
mod boxes;
mod bubbles;
mod build;
mod canvas;
mod curve;
mod felt;
mod floor;
mod flows;
mod fold;
mod grid;
mod header;
mod labels;
mod lanes;
mod legend;
mod marks;
mod panel;
mod ranks;
mod returns;
mod route;
mod rows;
mod scale;
mod sheet;
mod style;
#[cfg(test)]
mod tests;
mod text;
mod view;
mod words;

pub use boxes::Rect;
pub(super) use canvas::{Anchor, num};
pub use canvas::{PlacedBubble, PlacedText};
pub(super) use text::Face;
pub use view::{
    CurveView, FeltView, FlowView, Headline, HotEntry, HotView, KnownView, KpiView, LaneView, MapView, NoteView, PointView,
    StageView, Whose,
};

use boxes::Owner;
use bubbles::Bubble;
use canvas::{Canvas, Layer, escape};

use floor::Lane;
use grid::Grid;
use returns::Tracks;
use route::Terrain;
use scale::Scale;
use sheet::{LANES, Sheet};
use style::Ink;
use words::Phrases;

/// A map, and where its texts and bubbles came to lie.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// The picture.
    pub svg: String,
    /// Of the picture, in its own units.
    pub width: f64,
    /// Of the picture, in its own units.
    pub height: f64,
    /// All texts.
    pub texts: Vec<PlacedText>,
    /// By touchpoint (or by several minor ones drawn together): its bubble.
    pub bubbles: Vec<PlacedBubble>,
}

/// The map as SVG.
#[must_use]
pub fn draw(view: &MapView) -> String {
    lay_out(view).svg
}

/// The map as SVG, and where everything is.
#[must_use]
pub fn lay_out(view: &MapView) -> Drawing {
    let words = Phrases::new(view.lang);
    let sheet = Sheet::new(view.points.len());
    let folded = fold::fold(view, &words);
    let view: &MapView = &folded;
    let columns = ranks::place(view);
    let order = lanes::order(view);
    let scale = Scale::new(view, &columns, &sheet);
    let grid = Grid::new(view, &columns, &scale, &sheet);
    let mut bubbles = bubbles::make(view, &columns, &grid, &scale, &sheet);
    let kinds = flows::sort(view, &columns, &bubbles, &scale, &sheet);
    let tracks = Tracks::new(view, &kinds, &order, &bubbles);

    let mut canvas = Canvas::default();
    let mut y = header::title(&mut canvas, view, &grid) + 26.0;
    y = header::stages(&mut canvas, view, &grid, &sheet, y);
    let strip = y;
    if let (Some(x), Some(cut)) = (grid.cut, scale.cut) {
        y = header::magnifier(&mut canvas, &words.magnifier(cut.factor), words.magnifier_note(), x, y, grid.right);
    }
    let rules_from = y - 4.0;
    let lanes = floor::lay(view, &order, &columns, &mut bubbles, y + tracks.height_above());
    floor::draw(&mut canvas, view, &lanes, &grid, &words, rules_from);
    let (top, bottom) = (lanes.first().map_or(y, |l| l.top), lanes.last().map_or(y, |l| l.bottom));
    if let Some(x) = grid.cut {
        let paper = Rect { x0: x, y0: top, x1: grid.right + 4.0, y1: bottom };
        let look = format!("class=\"{}\" fill-opacity=\".55\"", Ink::Paper.fill());
        canvas.shape(Layer::Ground, "rect", &canvas::sides(&paper), &look);
        let dotted = format!("M{} {}V{}", num(x), num(strip), num(bottom));
        canvas.path(Layer::Bands, &dotted, (Ink::Second, 1.1), " stroke-dasharray=\"2 4\"");
    }

    let mut terrain = terrain(&bubbles, &grid, &lanes);
    let bands = bands::run(view, &kinds, &bubbles, &grid, &scale, &mut terrain);
    bands.draw(&mut canvas);
    let mut taken = labels::reserve(&bubbles);
    bands.take(&mut taken);
    let arcs = {
        let (canvas, taken) = (&mut canvas, &mut taken);
        let mut stage = returns::Stage { canvas, view, bubbles: &bubbles, grid: &grid, scale: &scale, words: &words, taken };
        tracks.draw(&mut stage, top, bottom);
        entries(&mut stage, &kinds.entries);
        stage.arcs(&kinds)
    };
    bubbles::draw(&mut canvas, view, &bubbles, &scale, &sheet);
    let area = Rect { x0: LANES - 4.0, y0: top, x1: grid.right + 2.0, y1: bottom };
    let mut stage = labels::Stage { canvas: &mut canvas, view, bubbles: &bubbles, sheet: &sheet, words: &words, area };
    let mut taken = stage.names(taken);
    stage.drops(&mut taken);
    stage.goals(&mut taken);
    stage.beside_bands(&bands, &arcs, &mut taken);
    let placed = panel::in_lanes(&mut canvas, view, &words, &area, &taken);

    let mut y = bottom + tracks.height_below() + 16.0;
    y = felt::draw(&mut canvas, view, &columns, &grid, &sheet, &words, y);
    y = rows::draw(&mut canvas, view, &grid, &sheet, &words, y);
    if !placed {
        y = panel::below(&mut canvas, view, &words, y, grid.right);
    }
    let occurs = legend::Occurs {
        returns: !(tracks.is_empty() && arcs.is_empty()),
        failures: bubbles.iter().any(|b| b.drop.is_some()),
        rates: sheet.small,
        typical: view.flows.iter().any(|f| f.typical),
    };
    let under = words.count(sheet.faintest * scale.most());
    let note = words.left_out(kinds.faint, &under, tracks.left_out, true, &view.spreads);
    let height = libm::ceil(legend::draw(&mut canvas, view, &scale, &words, occurs, &note, y, grid.right) + 14.0);
    let width = libm::ceil(grid.width);
    finish(view, canvas, &bubbles, width, height)
}

/// What bands have to pass: bubbles, the labels above them, drops and their counts.
fn terrain(bubbles: &[Bubble], grid: &Grid, lanes: &[Lane]) -> Terrain {
    let mut boxes: Vec<Vec<(Rect, Owner)>> = vec![Vec::new(); grid.columns.len()];
    for (point, bubble) in bubbles.iter().enumerate() {
        let own = [Some(Rect::around(bubble.x, bubble.y, bubble.outer)), Some(bubble.above())];
        let rects = own.into_iter().chain([bubble.drop_rect(), bubble.number_rect()]).flatten();
        boxes[bubble.column].extend(rects.map(|rect| (rect, Some(point))));
    }
    Terrain {
        boxes,
        bands: vec![Vec::new(); grid.columns.len()],
        columns: grid.columns.clone(),
        top: lanes.first().map_or(0.0, |l| l.top) + 2.0,
        bottom: lanes.last().map_or(0.0, |l| l.bottom) - 2.0,
    }
}

/// Draws those who come in past the first column: a band that fades in from the left.
fn entries(stage: &mut returns::Stage<'_>, entries: &[usize]) {
    const LENGTH: f64 = 26.0;
    for &index in entries {
        let flow = &stage.view.flows[index];
        let bubble = &stage.bubbles[flow.to];
        let width = stage.scale.width(flow.passages, bubble.factor).min(1.6 * bubble.radius);
        let rect = Rect {
            x0: bubble.x - bubble.outer - LENGTH,
            y0: bubble.y - width / 2.0,
            x1: bubble.x - bubble.radius * 0.5,
            y1: bubble.y + width / 2.0,
        };
        let title = format!("→ {} : {} {}", stage.view.points[flow.to].label, flow.count, stage.words.arrivals());
        stage.canvas.open(Layer::Bands, &[("to", &stage.view.points[flow.to].name)], &title);
        stage.canvas.shape(Layer::Bands, "rect", &canvas::sides(&rect), "fill=\"url(#jm-enter)\"");
        stage.canvas.close(Layer::Bands);
        for step in 0..12 {
            stage.taken.soften(rect.x0 + f64::from(step) * 4.0, bubble.y, width / 2.0);
        }
    }
}

fn finish(view: &MapView, canvas: Canvas, bubbles: &[Bubble], width: f64, height: f64) -> Drawing {
    let (w, h) = (num(width), num(height));
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"jm-map\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" style=\"--jm-width:{w}px\" role=\"group\" \
         aria-labelledby=\"jm-title jm-desc\" lang=\"{}\"><title id=\"jm-title\">{}</title><desc id=\"jm-desc\">{}</desc>{}\
         <rect width=\"{w}\" height=\"{h}\" class=\"{}\"/>\n{}</svg>\n",
        view.lang.code(),
        escape(&view.title),
        escape(&view.alt),
        style::head(),
        Ink::Ground.fill(),
        canvas.finish()
    );
    let bubbles = bubbles.iter().map(|b| PlacedBubble { x: b.x, y: b.y, radius: b.outer }).collect();
    Drawing { svg, width, height, texts: canvas.texts, bubbles }
}

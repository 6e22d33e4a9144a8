//! Marks whose shape carries the meaning: whose a channel is, and where.

use super::boxes::Rect;
use super::canvas::{Canvas, Layer, num};
use super::style::Ink;
use crate::model::{Known, Media, Presence};

/// Owned: a square; paid: a lozenge; earned: a ring. In a box 13 wide from `x`, about `y`.
pub(super) fn media(canvas: &mut Canvas, x: f64, y: f64, media: Media) {
    let centre = x + 6.0;
    match media {
        Media::Owned => canvas.rect(Layer::Words, &Rect::around(centre, y, 3.9), 0.0, Ink::Second),
        Media::Paid => {
            canvas.fill(Layer::Words, &format!("M{} {}l5.5 5.5l-5.5 5.5l-5.5 -5.5z", num(centre), num(y - 5.5)), Ink::Second);
        }
        Media::Earned => canvas.ring(Layer::Words, centre, y, 3.9, (Ink::Second, 2.0)),
    }
}

/// Digital: a screen; physical: a shop front. In a box 13 wide from `x`, about `y`.
pub(super) fn presence(canvas: &mut Canvas, x: f64, y: f64, presence: Presence) {
    match presence {
        Presence::Digital => {
            let d = format!("M{} {}h13v8h-13zM{} {}h6", num(x), num(y - 5.0), num(x + 3.5), num(y + 5.5));
            canvas.path(Layer::Words, &d, (Ink::Second, 1.2), "");
        }
        Presence::Physical => {
            let awning = "q-1.9 2.2 -3.75 0".repeat(4);
            let d = format!("M{} {}v6h11v-6M{} {}h13l1 3.6{awning}z", num(x + 1.0), num(y - 0.5), num(x), num(y - 5.0));
            canvas.path(Layer::Words, &d, (Ink::Second, 1.1), "");
        }
    }
}

/// What a mark of evidence takes, with the space after it.
pub(super) const KNOWN: f64 = 14.0;

/// Measured: a full disc; estimated: a half one; assumed: a ring. In a box 9 wide from `x`, about `y`.
pub(super) fn known(canvas: &mut Canvas, x: f64, y: f64, known: Known) {
    const RADIUS: f64 = 3.8;
    let centre = x + 4.5;
    match known {
        Known::Measured => canvas.disc(Layer::Words, centre, y, RADIUS + 0.5, Ink::Second),
        Known::Estimated => {
            let half = format!("M{} {}a{RADIUS} {RADIUS} 0 0 0 0 {}z", num(centre), num(y - RADIUS), num(2.0 * RADIUS));
            canvas.fill(Layer::Words, &half, Ink::Second);
            canvas.ring(Layer::Words, centre, y, RADIUS, (Ink::Second, 1.3));
        }
        Known::Assumed => canvas.ring(Layer::Words, centre, y, RADIUS, (Ink::Second, 1.3)),
    }
}

/// An arrow head whose point is at a place; `turn` in degrees, 0 to the right.
pub(super) fn arrow(canvas: &mut Canvas, layer: Layer, x: f64, y: f64, turn: f64, ink: Ink) {
    let d = format!("M{} {}l-8 -4.2v8.4z", num(x), num(y));
    let look = if turn == 0.0 {
        format!("class=\"{}\"", ink.fill())
    } else {
        format!("class=\"{}\" transform=\"rotate({} {} {})\"", ink.fill(), num(turn), num(x), num(y))
    };
    canvas.shape(layer, "path", &format!("d=\"{d}\""), &look);
}

/// A failing exit: fading, hatched where it is wide enough.
pub(super) fn drop(canvas: &mut Canvas, rect: &Rect) {
    let place = super::canvas::sides(rect);
    canvas.shape(Layer::Drops, "rect", &place, "fill=\"url(#jm-fade)\"");
    if rect.x1 - rect.x0 > 7.0 {
        canvas.shape(Layer::Drops, "rect", &place, "fill=\"url(#jm-hatch)\"");
    }
}

//! The map as pixels, for slides and mails: drawn with a font of our own, so that a bare machine draws the text.

use png::{ColorType, Compression, Encoder};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::fmt;
use std::sync::{Arc, LazyLock};

/// Liberation Sans, whose widths are those of Arial, by which the map measures its text.
const FONTS: [&[u8]; 3] = [
    include_bytes!("../../assets/fonts/LiberationSans-Regular.ttf"),
    include_bytes!("../../assets/fonts/LiberationSans-Bold.ttf"),
    include_bytes!("../../assets/fonts/LiberationSans-Italic.ttf"),
];
const FAMILY: &str = "Liberation Sans";

/// The fonts, read once: a class has as many maps as students.
static LOADED: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    for font in FONTS {
        fonts.load_font_data(font.to_vec());
    }
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// Pixels per unit of the map: sharp on dense screens and on a wall.
pub const SHARP: f32 = 2.0;
/// The same, for a page: some 200 to an inch of A4.
pub const FOR_A_PAGE: f32 = 1.0;
/// A larger picture opens in few programs; larger maps are drawn smaller.
const MOST_PIXELS: f32 = 60e6;

/// The map could not be drawn: a defect of ours.
#[derive(Debug)]
pub struct PngError(String);

impl fmt::Display for PngError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for PngError {}

/// A picture as a PNG file.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The file.
    pub png: Vec<u8>,
    /// Its width and height in pixels.
    pub size: (u32, u32),
}

/// A map that [`map::draw`](super::map::draw) has drawn, in the colours of a light screen, with so many pixels per unit.
///
/// # Errors
/// Never in practice: the map is an SVG that can be drawn.
pub fn write_png(svg: &str, scale: f32) -> Result<Picture, PngError> {
    let failed = |e: &dyn fmt::Display| PngError(e.to_string());
    let options = Options { fontdb: Arc::clone(&LOADED), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(&without_media(svg), &options).map_err(|e| failed(&e))?;
    let size = tree.size();
    let scale = scale.min((MOST_PIXELS / (size.width() * size.height())).sqrt());
    let pixels = |length: f32| (length * scale).ceil().max(1.0) as u32;
    let mut picture =
        Pixmap::new(pixels(size.width()), pixels(size.height())).ok_or_else(|| PngError("the map has no size".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut picture.as_mut());
    let size = (picture.width(), picture.height());
    // The ground of a map is opaque: without the fourth byte, and packed fast, a class has its pictures in half the time.
    let colours: Vec<u8> = picture.take_demultiplied().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
    let mut png = Vec::new();
    let mut encoder = Encoder::new(&mut png, size.0, size.1);
    encoder.set_color(ColorType::Rgb);
    encoder.set_compression(Compression::Fast);
    let mut writer = encoder.write_header().map_err(|e| failed(&e))?;
    writer.write_image_data(&colours).map_err(|e| failed(&e))?;
    writer.finish().map_err(|e| failed(&e))?;
    Ok(Picture { png, size })
}

/// Without the rules for other media (the dark, paper), which would win here over those for a light screen.
fn without_media(svg: &str) -> String {
    let mut out = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(at) = rest.find("@media") {
        out.push_str(&rest[..at]);
        let mut depth = 0_usize;
        let end = rest[at..].char_indices().find_map(|(i, c)| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => return None,
            }
            (c == '}' && depth == 0).then_some(at + i + 1)
        });
        rest = &rest[end.unwrap_or(rest.len())..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Lang;
    use crate::report::map::{MapView, draw};
    use crate::report::support::{figures, program};

    #[test]
    fn rules_for_other_media_are_left_out() {
        let svg = "<style>.a{fill:red}@media print{.a{fill:blue}.b{fill:blue}}@media x{}.c{}</style>";
        assert_eq!(without_media(svg), "<style>.a{fill:red}.c{}</style>");
        assert_eq!(without_media("<svg/>"), "<svg/>");
    }

    /// Width, height and pixels (red, green, blue, alpha) of a picture.
    fn picture(svg: &str) -> Pixmap {
        let png = write_png(svg, SHARP).unwrap().png;
        assert!(png.starts_with(b"\x89PNG\r\n\x1a\n"));
        Pixmap::decode_png(&png).unwrap()
    }

    /// How many pixels have that colour.
    fn count(picture: &Pixmap, colour: [u8; 3]) -> usize {
        picture.pixels().iter().filter(|p| [p.red(), p.green(), p.blue()] == colour).count()
    }

    #[test]
    fn a_map_is_drawn_on_a_light_ground_at_twice_its_size() {
        let svg = draw(&MapView::new(&program(), &figures(), Lang::Fr));
        let map = picture(&svg);
        let size = |name: &str| {
            let from = svg.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
            svg[from..].split('"').next().unwrap().parse::<f32>().unwrap()
        };
        assert_eq!((map.width() as f32, map.height() as f32), ((size("width") * 2.0).ceil(), (size("height") * 2.0).ceil()));
        let all = map.pixels().len();
        // The ground and the bubbles of a light screen; nothing of the dark.
        assert!(count(&map, [0xFB, 0xFA, 0xF7]) > all / 4);
        assert!(count(&map, [0x2A, 0x54, 0x7E]) > 1_000);
        assert_eq!(count(&map, [0x11, 0x16, 0x1D]), 0);
    }

    #[test]
    fn words_are_drawn_by_our_own_font() {
        let svg = |text: &str| {
            format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"jm-map\" width=\"200\" height=\"40\"><style>.jm-map text{{font-family:Helvetica,\
                 Arial,'Liberation Sans',sans-serif}}</style><rect width=\"200\" height=\"40\" fill=\"#fff\"/>{text}</svg>"
            )
        };
        let black = |text: &str| count(&picture(&svg(text)), [0, 0, 0]);
        let word = |class: &str, word: &str| black(&format!("<text x=\"5\" y=\"30\" font-size=\"24\"{class}>{word}</text>"));
        assert_eq!(black(""), 0);
        let (plain, bold) = (word("", "Été « à 5 % »"), word(" font-weight=\"700\"", "Été « à 5 % »"));
        assert!(plain > 500 && bold > plain, "{plain} {bold}");
    }

    /// A map far too large for a picture is drawn smaller.
    #[test]
    fn a_large_map_is_a_picture_of_bounded_size() {
        let large =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"20000\" height=\"12000\"><rect width=\"9\" height=\"9\"/></svg>";
        let picture = picture(large);
        assert!((picture.width() * picture.height()) as f32 <= MOST_PIXELS * 1.01);
    }
}

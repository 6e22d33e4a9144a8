//! Variants of an exam → documents: the paper and its key, for print, for word processors, for learning platforms.
//!
//! Comes in: a [`Variant`](crate::exam::Variant). Goes out: one string (or, of DOCX, bytes) per document. What must hold: the
//! paper holds no answer; the same variant gives the same bytes; every format says the same.
//!
//! ```text
//! variant ─▶ paper, key: blocks (headings, texts, tables, questions) ─┬▶ html, markdown, docx
//! variant ─▶ moodle, gift: questions with their tolerance             └▶ index: one line per variant
//! ```

mod annexes;
mod blocks;
mod docx;
mod gift;
mod html;
mod index;
mod key;
mod markdown;
mod moodle;
mod paper;
mod zip;

pub use blocks::{Block, Paper};
pub use docx::write_exam_docx;
pub use gift::write_gift;
pub use html::write_exam_html;
pub use index::{Class, IndexLine, write_index};
pub use key::key;
pub use markdown::write_exam_markdown;
pub use moodle::write_moodle;
pub use paper::paper;

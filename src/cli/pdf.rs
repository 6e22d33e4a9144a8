//! Papers as PDF, by a browser that is found on the machine.

use super::exit::Trouble;
use super::files;
use crate::locale::Lang;
use crate::words;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const BROWSERS: [&str; 6] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "chrome"];

/// Prints every page of the variants and of their keys; says so where no browser is found.
pub(super) fn print(folder: &Path, names: &[String], lang: Lang) -> Result<(), Trouble> {
    let Some(browser) = browser() else {
        let said = words!(
            "no PDF: neither Chromium, Chrome nor Edge was found; open the HTML pages in a browser and print them",
            "pas de PDF : ni Chromium, ni Chrome, ni Edge n'ont été trouvés ; ouvrez les pages HTML dans un navigateur et imprimez-les"
        );
        files::say(said.get(lang));
        return Ok(());
    };
    let mut failed = 0;
    for name in names {
        let pages = [folder.join(name).join("paper.html"), folder.join("key").join(format!("{name}.html"))];
        failed += pages.iter().filter(|page| !printed(&browser, page)).count();
    }
    if failed > 0 {
        let browser = browser.display();
        let said = words!(
            "{failed} pages could not be printed by {browser}: print their HTML instead",
            "{failed} pages n'ont pas pu être imprimées par {browser} : imprimez leur HTML"
        );
        files::say(said.get(lang));
    }
    Ok(())
}

/// The first browser on the path.
fn browser() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    BROWSERS.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

fn printed(browser: &Path, page: &Path) -> bool {
    let Ok(page) = page.canonicalize() else { return false };
    let pdf = page.with_extension("pdf");
    let status = Command::new(browser)
        .args(["--headless", "--disable-gpu", "--no-sandbox", "--no-pdf-header-footer"])
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", page.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success()) && pdf.is_file()
}

//! Journeys in a repository: hooks, the GitHub action, git's own diff, and `jalon new`, each tried in a scratch repository.

use super::difference::Scratch;
use super::support::{jalon, root, stderr, stdout};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const POST: &str = "specs/campaign/sponsored_post.journey";

fn post() -> String {
    fs::read_to_string(root().join(POST)).unwrap()
}

/// The path in which the program is found first.
fn path() -> std::ffi::OsString {
    let bin = Path::new(env!("CARGO_BIN_EXE_jalon")).parent().unwrap().to_path_buf();
    let rest = std::env::var_os("PATH").unwrap_or_default();
    std::env::join_paths(std::iter::once(bin).chain(std::env::split_paths(&rest))).unwrap()
}

/// A program run with ours in its path.
fn outside(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("PATH", path())
        .env_remove("LC_ALL")
        .env("LANG", "C.UTF-8")
        .env("NO_COLOR", "1")
        .env("CI", "true");
    command
}

/// The entries of a file of hooks, in their order.
fn entries(file: &Path) -> Vec<String> {
    let text = fs::read_to_string(file).unwrap();
    text.lines().filter_map(|l| l.trim().strip_prefix("entry: ")).map(str::to_owned).collect()
}

/// A hook of git that does what pre-commit does: each entry with the staged files behind it.
fn install(scratch: &Scratch, entries: &[String]) {
    let runs: String = entries
        .iter()
        .map(|e| format!("git diff --cached --name-only -z -- '*.journey' | xargs -0 -r {e} || exit 1\n"))
        .collect();
    let hook = scratch.path().join(".git/hooks/pre-commit");
    fs::write(&hook, format!("#!/bin/sh\n{runs}git diff --quiet -- '*.journey'\n")).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    }
}

fn commit(scratch: &Scratch, message: &str) -> Output {
    scratch.git(&["add", "-A"]);
    outside("git", scratch.path()).args(["commit", "-q", "-m", message]).output().unwrap()
}

#[test]
fn hooks_keep_what_is_wrong_out_of_a_commit() {
    let hooks = entries(&root().join(".pre-commit-hooks.yaml"));
    assert_eq!(hooks, entries(&root().join("templates/new/pre-commit.yml")));
    assert_eq!(hooks.len(), 2);
    let Some(scratch) = Scratch::new() else { return };
    install(&scratch, &hooks);
    scratch.write("b.journey", &post());
    scratch.write("a journey.journey", &post().replace("journey  sponsored_post", "journey  other"));
    assert!(commit(&scratch, "fine").status.success());
    scratch.write("b.journey", &post().replace("-> delivery after", "-> nowhere after"));
    let refused = commit(&scratch, "wrong");
    assert!(!refused.status.success() && stderr(&refused).contains("J0101"), "{}", stderr(&refused));
    // What is only not formatted is formatted, and shown to be.
    scratch.write("b.journey", &post().replace("param basket     ", "param basket"));
    assert!(!commit(&scratch, "unformatted").status.success());
    assert_eq!(fs::read_to_string(scratch.path().join("b.journey")).unwrap(), post());
}

#[test]
fn the_action_tests_and_compares() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("journeys/post.journey", &post());
    scratch.commit("one");
    let gate = |base: &str, condition: &str| {
        let summary = scratch.path().join("summary.md");
        let _ = fs::remove_file(&summary);
        let mut command = outside("bash", scratch.path());
        command.arg(root().join("integrations/github/gate.sh")).env("GITHUB_STEP_SUMMARY", &summary);
        command.env("JALON_PATHS", "journeys").env("JALON_BASE", base).env("JALON_FAIL_IF", condition);
        let output = command.output().unwrap();
        (output, fs::read_to_string(summary).unwrap_or_default())
    };
    let (same, summary) = gate("HEAD", "");
    assert_eq!(same.status.code(), Some(0), "{}", stderr(&same));
    assert!(summary.contains("6 attentes") && summary.contains("Rien n’a changé"), "{summary}");
    scratch.write("journeys/post.journey", &post().replace("= 75% ", "= 60% ").replace("range 60%..90%", "range 50%..90%"));
    let (worse, summary) = gate("HEAD", "final_rate < 0.95 * old");
    assert_eq!(worse.status.code(), Some(1), "{}", stderr(&worse));
    assert!(summary.contains("75% → 60%"), "{summary}");
    let (fine, _) = gate("HEAD", "final_rate < 0.5 * old");
    assert_eq!(fine.status.code(), Some(0), "{}", stderr(&fine));
    scratch.write("journeys/post.journey", &post().replace("= 75% ", "= 50% ").replace("range 60%..90%", "range 50%..90%"));
    let (broken, _) = gate("", "");
    assert_eq!(broken.status.code(), Some(1));
    assert!(stdout(&broken).starts_with("::error file=journeys/post.journey,line=126,"), "{}", stdout(&broken));
    // The action runs this script, with these names.
    let action = fs::read_to_string(root().join("integrations/github/action.yml")).unwrap();
    let script = fs::read_to_string(root().join("integrations/github/gate.sh")).unwrap();
    assert!(action.contains("$GITHUB_ACTION_PATH/gate.sh"));
    for name in ["JALON", "JALON_PATHS", "JALON_BASE", "JALON_FAIL_IF"] {
        assert!(action.contains(&format!("{name}: ")) && script.contains(&format!("${{{name}")), "{name}");
    }
}

#[test]
fn a_table_that_is_aligned_anew_is_no_change_to_git() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.git(&["config", "diff.journey.textconv", "jalon diff --textconv"]);
    scratch.write(".gitattributes", "*.journey diff=journey\n");
    scratch.write("post.journey", &post());
    scratch.commit("one");
    let longer = post().replace("to_compare", "to_compare_with_others");
    scratch.write("post.journey", &longer);
    assert!(scratch.jalon(&["fmt", "post.journey"]).status.success());
    let shown = |arguments: &[&str]| {
        let output = outside("git", scratch.path()).args(["--no-pager", "diff", "--no-color"]).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        let text = stdout(&output);
        text.lines().filter(|l| l.starts_with('+') && !l.starts_with("+++")).count()
    };
    assert!(shown(&["--no-textconv"]) > 6);
    // The param, the one worked out from it, and the branch.
    assert_eq!(shown(&[]), 3);
    // What cannot be formatted is shown as it stands.
    scratch.write("bad.journey", "journey bad {\n");
    assert_eq!(stdout(&scratch.jalon(&["diff", "--textconv", "bad.journey"])), "journey bad {\n");
}

#[test]
fn what_is_started_is_sound_and_formatted() {
    for (from, lang) in [("blank", "en"), ("blank", "fr"), ("sponsored-post", "fr"), ("omnichannel", "fr")] {
        let folder = tempfile::tempdir().unwrap();
        let run = |arguments: &[&str]| jalon().current_dir(folder.path()).args(arguments).output().unwrap();
        let output = run(&["new", "shop", "--from", from, "--lang", lang]);
        assert_eq!(output.status.code(), Some(0), "{from}: {}", stderr(&output));
        let journeys: Vec<_> = fs::read_dir(folder.path().join("shop/journeys")).unwrap().flatten().map(|e| e.path()).collect();
        assert_eq!(journeys.len(), 1);
        let journey = journeys[0].to_str().unwrap();
        assert_eq!(run(&["fmt", "--check", journey]).status.code(), Some(0), "{from}");
        let checked = run(&["check", journey, "--lang", "en"]);
        assert_eq!(checked.status.code(), Some(0), "{from}");
        // The sponsored post warns of a claim only when it is computed; nothing else warns.
        assert!(!stderr(&checked).contains("warning"), "{from}: {}", stderr(&checked));
        let tested = run(&["test", "shop", "--format", "json"]);
        assert_eq!(tested.status.code(), Some(0), "{from}: {}", stdout(&tested));
        for file in [".github/workflows/journeys.yml", ".pre-commit-config.yaml", ".gitattributes", ".gitignore"] {
            assert!(folder.path().join("shop").join(file).is_file(), "{from}: {file}");
        }
        // Nothing is written over.
        assert_eq!(run(&["new", "shop", "--from", from]).status.code(), Some(2));
        if Command::new("git").arg("--version").output().is_ok_and(|o| o.status.success()) {
            assert!(folder.path().join("shop/.git").is_dir());
            let config = outside("git", &folder.path().join("shop")).args(["config", "diff.journey.textconv"]).output().unwrap();
            assert_eq!(stdout(&config).trim(), "jalon diff --textconv");
        }
    }
}

/// The commands of the workflow that is written are commands of ours, and run.
#[test]
fn the_workflow_runs() {
    let Some(scratch) = Scratch::new() else { return };
    scratch.write("README", "shop\n");
    scratch.commit("zero");
    let started = scratch.jalon(&["new", "shop", "--lang", "en"]);
    assert_eq!(started.status.code(), Some(0), "{}", stderr(&started));
    let shop = scratch.path().join("shop");
    assert!(!shop.join(".git").exists(), "it stands in a repository already");
    scratch.commit("one");
    scratch.git(&["branch", "base", "HEAD"]);
    scratch.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    let workflow = fs::read_to_string(shop.join(".github/workflows/journeys.yml")).unwrap();
    let mut run = 0;
    for command in workflow.lines().filter_map(|l| l.split_once("run: ")).map(|(_, c)| c).filter(|c| c.starts_with("jalon ")) {
        let output = outside("bash", &shop)
            .args(["-c", command])
            .env("GITHUB_STEP_SUMMARY", shop.join("summary.md"))
            .env("GITHUB_BASE_REF", "main")
            .output()
            .unwrap();
        assert!(output.status.success(), "{command}: {}", stderr(&output));
        run += 1;
    }
    assert_eq!(run, 4);
}

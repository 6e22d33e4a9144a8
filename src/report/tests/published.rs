//! What is published of our own types cannot drift from them: the names that templates are given (`docs/guides/templates.md`) and
//! the schemas of the JSON documents (`docs/schema/`). `JALON_BLESS=1` writes both.

use crate::diagnostics::JsonDiagnostic;
use crate::report::json;
use crate::report::view::View;
use schemars::generate::SchemaSettings;
use schemars::transform::{Transform, transform_subschemas};
use schemars::{JsonSchema, Schema};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

fn path(below: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(below)
}

fn is_blessed() -> bool {
    std::env::var_os("JALON_BLESS").is_some()
}

fn schema_of<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>().to_value()
}

// ---- templates ----

#[test]
fn the_guide_to_templates_lists_the_names_that_there_are() {
    let schema = schema_of::<View>();
    let mut lists = format!("### `v`\n\n{}", fields(&schema));
    for (name, shape) in schema["$defs"].as_object().unwrap() {
        if shape["properties"].is_object() {
            let meaning = shape["description"].as_str().map(one_line).unwrap_or_default();
            let _ = write!(lists, "\n### {name}\n\n{meaning}\n\n{}", fields(shape));
        }
    }
    let (start, end) = ("<!-- names: written by the tests -->\n\n", "\n<!-- end of names -->");
    let page = path("docs/guides/templates.md");
    let text = fs::read_to_string(&page).unwrap();
    let (before, rest) = text.split_once(start).unwrap();
    let (listed, after) = rest.split_once(end).unwrap();
    if is_blessed() {
        fs::write(&page, format!("{before}{start}{lists}{end}{after}")).unwrap();
        return;
    }
    assert!(listed == lists, "docs/guides/templates.md does not list the names that there are: JALON_BLESS=1 writes them");
    assert!(text.contains(&format!("version {}", crate::report::VIEW_VERSION)));
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn fields(shape: &Value) -> String {
    let mut out = String::from("| name | holds | meaning |\n| --- | --- | --- |\n");
    for (name, field) in shape["properties"].as_object().unwrap() {
        let meaning = field["description"].as_str().map(one_line).unwrap_or_default();
        let _ = writeln!(out, "| `{name}` | {} | {meaning} |", holds(field));
    }
    out
}

fn holds(field: &Value) -> String {
    if let Some(name) = field["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
        return format!("[{name}](#{})", name.to_lowercase());
    }
    if let Some(any) = field["anyOf"].as_array() {
        let some = any.iter().filter(|one| one["type"] != "null").map(holds).collect::<Vec<_>>().join(" or ");
        return format!("{some} or none");
    }
    match &field["type"] {
        Value::Array(types) => {
            let some = types.iter().find(|one| *one != "null").map(|one| holds(&json!({ "type": one }))).unwrap_or_default();
            format!("{some} or none")
        }
        Value::String(kind) => match kind.as_str() {
            "string" => "text".to_owned(),
            "boolean" => "true or false".to_owned(),
            "integer" | "number" => "number".to_owned(),
            "array" => format!("list of {}", holds(&field["items"])),
            other => other.to_owned(),
        },
        _ => String::new(),
    }
}

// ---- JSON ----

/// Findings alone.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "its shape is what counts")]
struct Findings {
    #[schemars(extend("const" = json::JSON_SCHEMA))]
    schema: &'static str,
    ok: bool,
    diagnostics: Vec<JsonDiagnostic>,
}

/// Objects hold the keys that are told and no others; formats that only Rust knows are left out.
struct Strict {
    /// Meanings by key, of `docs/json.md`.
    meanings: BTreeMap<String, String>,
}

impl Transform for Strict {
    fn transform(&mut self, schema: &mut Schema) {
        schema.remove("format");
        if let Some(Value::Object(properties)) = schema.get_mut("properties") {
            for (key, property) in properties {
                if let (Value::Object(property), Some(meaning)) = (property, self.meanings.get(key)) {
                    property.entry("description").or_insert_with(|| json!(meaning));
                }
            }
            schema.insert("additionalProperties".to_owned(), json!(false));
        }
        transform_subschemas(self, schema);
    }
}

/// What the tables of `docs/json.md` say of keys that mean one thing.
fn meanings() -> BTreeMap<String, String> {
    let page = fs::read_to_string(path("docs/json.md")).unwrap();
    let figures = page.split("\n# Chains").next().unwrap();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in figures.lines().filter_map(|line| line.strip_prefix("| `")) {
        let Some((key, meaning)) = row.split_once("` | ") else { continue };
        let meaning = meaning.trim_end_matches('|').trim();
        if !meaning.starts_with("see ") {
            found.entry(key.to_owned()).or_default().push(meaning.to_owned());
        }
    }
    found.into_iter().filter(|(_, all)| all.len() == 1).map(|(key, mut all)| (key, all.remove(0))).collect()
}

/// The schema as a file, its shapes under the names that a reader expects.
fn published(schema: Value, title: &str) -> String {
    let mut strict = Schema::try_from(schema).unwrap();
    Strict { meanings: meanings() }.transform(&mut strict);
    let schema = strict.to_value();
    let names: Vec<String> = schema["$defs"].as_object().map(|shapes| shapes.keys().cloned().collect()).unwrap_or_default();
    let mut text = schema.to_string();
    for name in &names {
        let Some(short) = name.strip_prefix("Json") else { continue };
        let short = if names.iter().any(|other| other == short) { format!("{short}Row") } else { short.to_owned() };
        text = text.replace(&format!("\"#/$defs/{name}\""), &format!("\"#/$defs/{short}\""));
        text = text.replace(&format!("\"{name}\":"), &format!("\"{short}\":"));
    }
    let mut schema: Value = serde_json::from_str(&text).unwrap();
    schema["title"] = json!(title);
    schema["$comment"] =
        json!("docs/json.md tells what each key means. Within a version keys may be added, none goes or changes its meaning.");
    serde_json::to_string_pretty(&schema).unwrap() + "\n"
}

#[test]
fn the_published_schemas_are_those_of_the_types() {
    let schemas = [
        (
            "docs/schema/report-1.schema.json",
            published(json::document_schema(schema_settings()), "Figures of a journey, jalon/1"),
        ),
        ("docs/schema/findings-1.schema.json", published(schema_of::<Findings>(), "Findings about a journey, jalon/1")),
    ];
    for (file, schema) in schemas {
        if is_blessed() {
            fs::write(path(file), &schema).unwrap();
        }
        let kept = fs::read_to_string(path(file)).unwrap();
        assert!(kept == schema, "{file} is not what the types say: JALON_BLESS=1 writes it");
    }
}

fn schema_settings() -> SchemaSettings {
    SchemaSettings::draft2020_12().for_serialize()
}

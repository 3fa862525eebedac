//! Chooses what is requested, and how it is answered.

use std::sync::Arc;

use bytes::Bytes;
use fastrand::Rng;
use http::Response;

/// A request, and the replies to its first calls.
pub(super) struct Case {
    pub(super) names: Vec<String>,
    pub(super) path: Option<String>,
    pub(super) replies: Arc<[Response<Bytes>]>,
    /// The code of the error that answers all other calls.
    pub(super) last: &'static str,
}

impl Case {
    pub(super) fn new(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let path = (rng.u8(..8) == 0).then(|| "/path".to_owned());
        let names = match path {
            Some(_) => Vec::new(),
            None => (0..[1, 1, 2, 3, 3, 11][rng.usize(..6)]).map(|_| name(&mut rng)).collect(),
        };
        // Of a hundred fields and bytes.
        let damage = [0, 1, 5, 20][rng.usize(..4)];
        let replies = (0..rng.u8(1..4)).map(|_| {
            let mut writer = Writer { rng: &mut rng, names: &names, damage };
            let body = writer.body(path.as_deref());
            let body = damaged(&mut rng, body.into_bytes());
            response(&mut rng, body)
        });
        let replies = replies.collect();
        let last = if rng.bool() { "SomethingNew" } else { "AccessDeniedException" };
        Self { names, path, replies, last }
    }
}

/// Long enough that no damage makes one of another.
fn token(rng: &mut Rng) -> String {
    format!("{:012x}", rng.u64(..1 << 48))
}

fn name(rng: &mut Rng) -> String {
    let token = token(rng);
    let name = match rng.u8(..6) {
        0 => token,
        1 => format!("/aws/reference/secretsmanager/{token}"),
        2 => format!("arn:aws:ssm:us-east-1:444455556666:parameter/{token}"),
        _ => format!("/a/{token}"),
    };
    match rng.u8(..6) {
        0 => format!("{name}:{}", rng.u8(1..9)),
        1 => format!("{name}:blue"),
        _ => name,
    }
}

fn response(rng: &mut Rng, body: Vec<u8>) -> Response<Bytes> {
    const STATUSES: [u16; 8] = [200, 204, 206, 301, 400, 404, 429, 500];
    const CODES: [&str; 4] = ["ParameterNotFound", "AccessDeniedException", "\u{fffd}", ""];
    const TYPES: [&str; 4] = ["application/x-amz-json-1.1", "text/html", "x; charset=utf-16", ""];
    let status = if rng.u8(..8) > 0 { 200 } else { *rng.choice(&STATUSES).unwrap() };
    let mut response = Response::builder().status(status);
    if rng.u8(..8) == 0 {
        response = response.header("x-amzn-errortype", *rng.choice(&CODES).unwrap());
    }
    if rng.u8(..8) == 0 {
        response = response.header("content-type", *rng.choice(&TYPES).unwrap());
    }
    response.body(body.into()).unwrap()
}

/// Writes JSON, not all of which is as the service writes it.
struct Writer<'a> {
    rng: &'a mut Rng,
    names: &'a [String],
    damage: u8,
}

impl Writer<'_> {
    fn is_damaged(&mut self) -> bool {
        self.rng.u8(..100) < self.damage
    }

    fn body(&mut self, path: Option<&str>) -> String {
        let mut fields = Vec::new();
        if self.rng.u8(..8) == 0 {
            let codes = ["ParameterNotFound", "n#ThrottlingException:http://x", "AccessDenied", ""];
            let code = self.rng.choice(codes).unwrap();
            fields.push(("__type", quoted(code)));
            fields.push(("message", quoted("it says so")));
        } else if let Some(path) = path {
            let names: Vec<_> =
                (0..self.rng.u8(..4)).map(|_| format!("{path}/{}", token(self.rng))).collect();
            fields.push(("Parameters", self.list(&names)));
            if self.rng.bool() {
                fields.push(("NextToken", quoted(&token(self.rng))));
            }
        } else if let ([only], 0..7) = (self.names, self.rng.u8(..8)) {
            fields.push(("Parameter", self.parameter(only)));
        } else {
            let (found, invalid): (Vec<_>, Vec<_>) =
                self.names.iter().cloned().partition(|_| self.rng.u8(..4) > 0);
            fields.push(("Parameters", self.list(&found)));
            let invalid: Vec<_> = invalid.iter().map(|it| quoted(it)).collect();
            fields.push(("InvalidParameters", format!("[{}]", invalid.join(","))));
        }
        self.object(fields)
    }

    fn list(&mut self, names: &[String]) -> String {
        let mut parameters: Vec<_> = names.iter().map(|name| self.parameter(name)).collect();
        self.rng.shuffle(&mut parameters);
        if self.is_damaged()
            && let Some(again) = parameters.first().cloned()
        {
            parameters.push(again);
        }
        format!("[{}]", parameters.join(","))
    }

    /// The parameter as the service returns it under this name.
    fn parameter(&mut self, name: &str) -> String {
        // After the last colon, unless that belongs to an ARN.
        let selected = name.rsplit_once(':').filter(|(_, selector)| !selector.contains('/'));
        let (bare, selector) = selected.map_or((name, None), |(it, selector)| (it, Some(selector)));
        let short = bare.rsplit_once(":parameter").map_or(bare, |(_, short)| short);
        let arn = if short == bare {
            format!("arn:aws:ssm:us-east-1:111122223333:parameter/{}", bare.trim_start_matches('/'))
        } else {
            bare.to_owned()
        };
        let types = ["String", "StringList", "SecureString", "Other"];
        let r#type = self.rng.choice(types).unwrap();
        let version = selector.and_then(|it| it.parse().ok()).unwrap_or(7_u8);
        let mut fields = vec![
            ("Name", quoted(short)),
            ("ARN", quoted(&arn)),
            ("Type", quoted(r#type)),
            ("Value", quoted(&token(self.rng))),
            ("Version", version.to_string()),
            ("LastModifiedDate", "1.7e9".to_owned()),
        ];
        if let Some(selector) = selector {
            fields.push(("Selector", quoted(&format!(":{selector}"))));
        }
        if short.starts_with("/aws/reference") {
            fields.push(("SourceResult", quoted("{}")));
        }
        self.object(fields)
    }

    fn object(&mut self, fields: Vec<(&str, String)>) -> String {
        let mut written = Vec::new();
        for (key, value) in fields {
            if !self.is_damaged() {
                written.push(format!("{}:{value}", quoted(key)));
                continue;
            }
            match self.rng.u8(..5) {
                0 => {}
                1 => written.push(format!("{}:{value}", quoted(&key.to_lowercase()))),
                2 => written.push(format!("{}:{value},{0}:{}", quoted(key), self.other())),
                3 => written.push(format!("{}:{},{0}:{value}", quoted(key), self.other())),
                _ => written.push(format!("{}:{}", quoted(key), self.other())),
            }
        }
        format!("{{{}}}", written.join(","))
    }

    /// What is not expected here.
    fn other(&mut self) -> String {
        let huge = if self.rng.u16(..2_000) == 0 { 200_000 } else { 100 };
        match self.rng.u8(..12) {
            0 => "null".to_owned(),
            1 => "true".to_owned(),
            2 => "{}".to_owned(),
            3 => "[]".to_owned(),
            4 => format!("-{}", "9".repeat(huge)),
            5 => "1e999".to_owned(),
            6 => quoted(&"x".repeat(huge)),
            7 => format!("{}{}", "[".repeat(huge), "]".repeat(huge)),
            8 => format!("{}0{}", r#"{"a":"#.repeat(huge), "}".repeat(huge)),
            9 => r#""\ud83d""#.to_owned(),
            10 => r#""\u0000\ud83d\ude00\/""#.to_owned(),
            _ => match self.rng.choice(self.names) {
                Some(name) => quoted(name),
                None => quoted(&token(self.rng)),
            },
        }
    }
}

fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// Damages the bytes of some replies.
fn damaged(rng: &mut Rng, mut body: Vec<u8>) -> Vec<u8> {
    if rng.u8(..3) > 0 {
        return body;
    }
    for _ in 0..rng.u8(1..4) {
        let (from, to) = (rng.usize(..=body.len()), rng.usize(..=body.len()));
        let part = from.min(to)..from.max(to);
        match rng.u8(..10) {
            0 => body.truncate(from),
            1 => drop(body.drain(part)),
            2 => {
                let part = body[part].to_vec();
                body.splice(to..to, part);
            }
            3 => body.insert(from, rng.u8(..)),
            4 => body.splice(0..0, *b"\xef\xbb\xbf").for_each(drop),
            5 => body = body.iter().flat_map(|byte| [*byte, 0]).collect(),
            6 => body.insert(from, *rng.choice(br#"{}[]":,\"#).unwrap()),
            _ => {
                if let Some(byte) = body.get_mut(from) {
                    *byte ^= 1 << rng.u8(..8);
                }
            }
        }
    }
    body
}

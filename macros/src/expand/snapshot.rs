//! What a snapshot becomes in the code: its files, so that the compiler notices when they change, and
//! the names for the nested structs, which the macro does not see.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use stage_config_names::{EMPTY_HASH, hash};

use crate::model::{Config, Origin, SnapshotFile};

/// Reads each file once more, through the compiler. If it changes, cargo compiles the struct again.
pub(crate) fn files(config: &Config) -> TokenStream {
    let files = config.snapshots.iter().map(|SnapshotFile { path, .. }| {
        let path = format!("/{path}");
        quote! {
            const _: &[u8] =
                ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path));
        }
    });
    files.collect()
}

/// A constant with the names at each stage. `None` if nothing needs it.
pub(crate) fn of_nested(config: &Config) -> Option<TokenStream> {
    let is_nested = config.fields.iter().any(|field| matches!(field.origin, Origin::Nested));
    let files = config.snapshots.iter().map(|SnapshotFile { stage, content, .. }| {
        let names = hashes(content.names().chain(content.paths()));
        let lists = hashes(content.lists());
        quote!(__private::Existing::new(#stage, #names, #lists))
    });
    let is_used = is_nested && !config.snapshots.is_empty();
    is_used.then(|| quote!(const __EXISTING: &[__private::Existing] = &[#(#files),*];))
}

/// A constant finds hashes faster than texts.
fn hashes<'a>(names: impl Iterator<Item = &'a str>) -> Literal {
    let mut hashes: Vec<_> = names.map(|name| hash(EMPTY_HASH, name).to_be_bytes()).collect();
    hashes.sort_unstable();
    let bytes = hashes.concat();
    Literal::byte_string(&bytes)
}

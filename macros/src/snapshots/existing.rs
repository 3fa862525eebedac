// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     #[stage_config(snapshot = "../tests/behaviour/ui/snapshot/few")]
//     pub struct Config {
//         #[ssm(dev = "/limit/dev", prod = "/limit/prod")]
//         limit: u32,
//         #[ssm(dev = "/key/dev", prod = "/key/prod")]
//         key: Option<SecretString>,
//         #[nested("/db/{stage}")]
//         database: Database,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
pub struct ConfigNames {
    /// The name of the parameter that `limit` is read from.
    limit: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `key` is read from.
    key: ::stage_config::__private::Cow<'static, str>,
    /// The names of the parameters that `database` is read from.
    database: <Database as ::stage_config::__private::Nested>::Names,
    __stage: ::stage_config::__private::Stage,
}
#[allow(deprecated, unused_braces, unused_imports, unused_parens)]
const _: () = {
    use ::stage_config::__private::{
        self, Field as __Field, Kind as __Kind, Option::None as __None,
        Option::Some as __Some, FieldType as __FieldType, FieldTypeDefaults as _,
    };
    const __STAGES: __private::Stages = __private::Stages::__new(
        &["dev", "prod"],
        &[],
        __Some("dev"),
        false,
    );
    const __TABLE: &__private::ParameterTable = &__private::ParameterTable::__new(
            "Config",
            __STAGES,
            __None,
            &[
                __Field::__new(
                        "limit",
                        "u32",
                        [__FieldType::<u32>::OPTIONAL, __FieldType::<u32>::SECRET],
                        __Kind::Ssm(__STAGES.__names(&["/limit/dev", "/limit/prod"])),
                    )
                    .__reads(__FieldType::<u32>::READS),
                __Field::__new(
                        "key",
                        "Option<SecretString>",
                        [
                            __FieldType::<Option<SecretString>>::OPTIONAL,
                            __FieldType::<Option<SecretString>>::SECRET,
                        ],
                        __Kind::Ssm(__STAGES.__names(&["/key/dev", "/key/prod"])),
                    )
                    .__reads(__FieldType::<Option<SecretString>>::READS),
                __Field::__new(
                    "database",
                    "Database",
                    [__FieldType::<Database>::OPTIONAL, __FieldType::<Database>::SECRET],
                    __Kind::Nested(
                        <Database as __private::Nested>::TABLE,
                        __Some(__STAGES.__names(&["/db/{stage}"])),
                    ),
                ),
            ],
        )
        .__with_snapshot();
    const __PARTS: &__private::Parts = &__private::Parts::new(
        b"\x06Config\x02\x03dev\x02\x03dev\x04prod\0\0\x03\0\x03\x05limit\x03u32\x02\n/limit/dev\x0B/limit/prod\0\x03\x03key\x14Option<SecretString>\x02\x08/key/dev\t/key/prod\0\x06\x08database\x08Database\x01\x0B/db/{stage}",
        &[<Database as __private::Nested>::DESCRIPTION],
    );
    #[allow(dead_code)]
    impl ConfigNames {
        /// The names at the stage of a deployment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        pub fn for_stage(
            stage: &str,
        ) -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::for_stage(__TABLE, stage)
        }
        /// The names at the stage of the environment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        pub fn from_env() -> ::core::result::Result<Self, ::stage_config::StageError> {
            __private::from_env(__TABLE)
        }
        /// The stage as deployed. If no stage is set, the declared stage that was chosen.
        #[must_use]
        pub fn stage(&self) -> &str {
            __private::Stage::deployed(&self.__stage)
        }
        /// The declared stage that was chosen.
        #[must_use]
        pub fn chosen(&self) -> &'static str {
            __private::Stage::chosen(&self.__stage)
        }
    }
    #[automatically_derived]
    impl __private::FromNames for ConfigNames {
        fn __new(__at: __private::At<'_>) -> Self {
            let __stage = __at.stage();
            let __0 = __at.group(|__at| (__at.name(0), __at.name(1)));
            Self {
                database: __at.nested(2),
                limit: __0.0,
                key: __0.1,
                __stage,
            }
        }
    }
    #[automatically_derived]
    impl ::stage_config::StageConfig for Config {
        const PARAMETERS: &'static __private::ParameterTable = __TABLE;
        const __DESCRIPTION: &'static [u8] = &__private::Parts::array::<
            { __private::Parts::length(__PARTS, __TABLE) },
        >(__PARTS, __TABLE);
        type __Names = ConfigNames;
        fn __assemble(
            __decoder: &mut __private::Decoder<'_>,
        ) -> __private::Option<Self> {
            let (__Some(__0),) = (
                __private::Decoder::group(
                    __decoder,
                    |__decoder| (
                        { __FieldType::<u32>::NEW }
                            .__stage_config_read(__decoder.field(0)),
                        { __FieldType::<Option<SecretString>>::NEW }
                            .__stage_config_read(__decoder.field(1)),
                        <Database as __private::Nested>::read(__decoder, 2),
                    ),
                ),
            ) else { return __None };
            __Some(Self {
                limit: __0.0,
                key: __0.1,
                database: __0.2,
            })
        }
        fn __check_literals(__decoder: &mut __private::Decoder<'_>) {
            <Database as __private::Nested>::check_literals(__decoder, 2);
        }
    }
    const _: &[u8] = ::core::include_bytes!(
        ::core::concat!(::core::env!("CARGO_MANIFEST_DIR"),
        "/../tests/behaviour/ui/snapshot/few/prod.json")
    );
    const _: () = ::core::assert!(
        ! __FieldType:: < u32 > ::READS.__is_scalar(), "{}",
        "parameter `/limit/prod` is a StringList, and not one value, at stage `prod`, according to `../tests/behaviour/ui/snapshot/few/prod.json`\nhelp: store it as a String, or make the field a `Vec`"
    );
    const _: () = ::core::assert!(
        __FieldType:: < Option < SecretString > > ::OPTIONAL, "{}",
        "parameter `/key/prod` does not exist at stage `prod`, according to `../tests/behaviour/ui/snapshot/few/prod.json`\nhelp: if it is new: `stage-config snapshot --stage prod --path /key`"
    );
    const __EXISTING: &[__private::Existing] = &[
        __private::Existing::new(
            "prod",
            b"\x0B\xE7 \x9C\x9B\xDA*1M\xFE4\x91\xBC\x9A\xDC+\x85\x18\x97\xFA\x103\x1B\xA6\xBBO;\xF6FV\xFCF\xC4\xCA\x94\x01\xC6\xBEp\r",
            b"M\xFE4\x91\xBC\x9A\xDC+",
        ),
    ];
    const _: () = __private::check_nested(__TABLE, 2);
    const _: () = __private::check_existing(__TABLE, 2, __EXISTING);
};

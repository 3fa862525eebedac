// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     pub struct Config {
//         #[nested(dev = "/db/dev", prod = "/db/prod")]
//         pub database: Option<Database>,
//         #[ssm_path("/flags/{stage}", required)]
//         pub flags: BTreeMap<String, bool>,
//         #[secret(dev = "stripe/test", prod = "stripe/live", json_key = "api.key")]
//         pub stripe: SecretString,
//         #[ssm("/limits", json, default = Limits::none())]
//         limits: Limits,
//         #[ssm("/seed", base64, parse_with = seed::parse)]
//         seed: Seed,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
pub struct ConfigNames {
    /// The names of the parameters that `database` is read from.
    pub database: <Option<Database> as ::stage_config::__private::Nested>::Names,
    /// The name of the parameter that `flags` is read from.
    pub flags: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `stripe` is read from.
    pub stripe: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `limits` is read from.
    limits: ::stage_config::__private::Cow<'static, str>,
    /// The name of the parameter that `seed` is read from.
    seed: ::stage_config::__private::Cow<'static, str>,
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
                "database",
                "Option<Database>",
                [
                    __FieldType::<Option<Database>>::OPTIONAL,
                    __FieldType::<Option<Database>>::SECRET,
                ],
                __Kind::Nested(
                    <Option<Database> as __private::Nested>::TABLE,
                    __Some(__STAGES.__names(&["/db/dev", "/db/prod"])),
                ),
            ),
            __Field::__new(
                    "flags",
                    "BTreeMap<String, bool>",
                    [
                        __FieldType::<BTreeMap<String, bool>>::OPTIONAL,
                        __FieldType::<BTreeMap<String, bool>>::SECRET,
                    ],
                    __Kind::SsmPath(__STAGES.__names(&["/flags/{stage}"])),
                )
                .__reads(__FieldType::<BTreeMap<String, bool>>::READS),
            __Field::__new(
                    "stripe",
                    "SecretString",
                    [
                        __FieldType::<SecretString>::OPTIONAL,
                        __FieldType::<SecretString>::SECRET,
                    ],
                    __Kind::Secret(__STAGES.__names(&["stripe/test", "stripe/live"])),
                )
                .__reads(__FieldType::<SecretString>::READS)
                .__json_key("api.key"),
            __Field::__new(
                    "limits",
                    "Limits",
                    [false, __FieldType::<Limits>::SECRET],
                    __Kind::Ssm(__STAGES.__names(&["/limits"])),
                )
                .__reads(__private::Reads::__JSON)
                .__default("Limits::none()"),
            __Field::__new(
                    "seed",
                    "Seed",
                    [__FieldType::<Seed>::OPTIONAL, __FieldType::<Seed>::SECRET],
                    __Kind::Ssm(__STAGES.__names(&["/seed"])),
                )
                .__reads(__private::Reads::__TEXT.__in_base64()),
        ],
    );
    const __PARTS: &__private::Parts = &__private::Parts::new(
        b"\x06Config\x02\x03dev\x02\x03dev\x04prod\0\0\x05\0\x06\x08database\x10Option<Database>\x02\x07/db/dev\x08/db/prod\0\x05\x05flags\x16BTreeMap<String, bool>\x01\x0E/flags/{stage}\x02\x04\x06stripe\x0CSecretString\x07api.key\x02\x0Bstripe/test\x0Bstripe/live\x04\x03\x06limits\x06Limits\x0ELimits::none()\x01\x07/limits\0\x03\x04seed\x04Seed\x01\x05/seed",
        &[<Option<Database> as __private::Nested>::DESCRIPTION],
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
            let __0 = __at
                .group(|__at| (__at.name(1), __at.name(2), __at.name(3), __at.name(4)));
            Self {
                database: __at.nested(0),
                flags: __0.0,
                stripe: __0.1,
                limits: __0.2,
                seed: __0.3,
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
                        <Option<Database> as __private::Nested>::read(__decoder, 0),
                        __private::Decoder::map::<
                            BTreeMap<String, bool>,
                            _,
                        >(__decoder, 1, true),
                        { __FieldType::<SecretString>::NEW }
                            .__stage_config_read(__decoder.field(2)),
                        { __FieldType::<Limits>::NEW }
                            .__stage_config_convert_or(
                                __decoder.field(3),
                                { __private::Json },
                                || (Limits::none()),
                            ),
                        { __FieldType::<Seed>::NEW }
                            .__stage_config_convert(
                                __decoder.field(4),
                                { __private::InBase64(__private::Parse(seed::parse)) },
                            ),
                    ),
                ),
            ) else { return __None };
            __Some(Self {
                database: __0.0,
                flags: __0.1,
                stripe: __0.2,
                limits: __0.3,
                seed: __0.4,
            })
        }
        fn __check_literals(__decoder: &mut __private::Decoder<'_>) {
            <Option<Database> as __private::Nested>::check_literals(__decoder, 0);
        }
    }
    const _: () = {
        ::core::assert!(
            ! __FieldType:: < Limits > ::OPTIONAL,
            "an `Option` has a default already, which is `None`\nhelp: remove `default = …`, or change `Option<T>` to `T`"
        );
        ::core::assert!(
            ! __FieldType:: < Limits > ::SECRET,
            "`default` would keep a secret in the source code\nhelp: remove `default = …`, or make the field an `Option`"
        );
    };
    const _: () = ::core::assert!(
        __private::HAS_JSON, "{}",
        "`json_key` needs the feature `json` of stage-config\nhelp: `stage-config = { version = \"0.1.0\", features = [\"json\"] }` in Cargo.toml"
    );
    const _: () = __private::check_nested(__TABLE, 0);
};

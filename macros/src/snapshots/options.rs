// Written by the test of this name. It shows what becomes of
//
//     #[derive(StageConfig)]
//     #[stage_config(stages(dev, staging(alias = "stg"), prod(rename = "production")))]
//     #[stage_config(fallback = staging, stage_env = "DEPLOY_STAGE", allow_near_misses)]
//     #[stage_config(accounts(prod = ["444455556666", "777788889999"], dev = "111122223333"))]
//     #[stage_config(names = Names, validate = Self::check, crate = crate::reexported::stage_config)]
//     pub struct Config {
//         #[stage]
//         stage: String,
//         #[ssm(prod = "/key/prod", dev = "/key/dev", staging = "/key/staging")]
//         pub r#type: Vec<String>,
//     }

/// The names of the parameters of [`Config`] at one stage.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[allow(dead_code)]
pub struct Names {
    /// The name of the parameter that `type` is read from.
    pub r#type: crate::reexported::stage_config::__private::Cow<'static, str>,
    __stage: crate::reexported::stage_config::__private::Stage,
}
#[allow(deprecated, unused_braces, unused_imports, unused_parens)]
const _: () = {
    use crate::reexported::stage_config::__private::{
        self, Field as __Field, Kind as __Kind, Option::None as __None,
        Option::Some as __Some, FieldType as __FieldType, FieldTypeDefaults as _,
    };
    const __STAGES: __private::Stages = __private::Stages::__new(
            &["dev", "staging", "production"],
            &[("stg", "staging")],
            __Some("staging"),
            true,
        )
        .__accounts(
            &[
                ("444455556666", "production"),
                ("777788889999", "production"),
                ("111122223333", "dev"),
            ],
        );
    const __TABLE: &__private::ParameterTable = &__private::ParameterTable::__new(
        "Config",
        __STAGES,
        __Some("DEPLOY_STAGE"),
        &[
            __Field::__new(
                "stage",
                "String",
                [__FieldType::<String>::OPTIONAL, __FieldType::<String>::SECRET],
                __Kind::Stage,
            ),
            __Field::__new(
                    "type",
                    "Vec<String>",
                    [
                        __FieldType::<Vec<String>>::OPTIONAL,
                        __FieldType::<Vec<String>>::SECRET,
                    ],
                    __Kind::Ssm(
                        __STAGES.__names(&["/key/dev", "/key/staging", "/key/prod"]),
                    ),
                )
                .__reads(__FieldType::<Vec<String>>::READS),
        ],
    );
    const __PARTS: &__private::Parts = &__private::Parts::new(
        b"\x06Config\x07\x0CDEPLOY_STAGE\x07staging\x03\x03dev\x07staging\nproduction\x01\x03stg\x07staging\x03\x0C444455556666\nproduction\x0C777788889999\nproduction\x0C111122223333\x03dev\x02\0\x01\x05stage\x06String\0\0\x03\x04type\x0BVec<String>\x03\x08/key/dev\x0C/key/staging\t/key/prod",
        &[],
    );
    #[allow(dead_code)]
    impl Names {
        /// The names at the stage of a deployment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        pub fn for_stage(
            stage: &str,
        ) -> ::core::result::Result<Self, crate::reexported::stage_config::StageError> {
            __private::for_stage(__TABLE, stage)
        }
        /// The names at the stage of the environment.
        ///
        /// # Errors
        /// If no stage can be chosen; the error lists the declared ones.
        pub fn from_env() -> ::core::result::Result<
            Self,
            crate::reexported::stage_config::StageError,
        > {
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
    impl __private::FromNames for Names {
        fn __new(__at: __private::At<'_>) -> Self {
            let __stage = __at.stage();
            let __0 = __at.group(|__at| (__at.name(1),));
            Self { r#type: __0.0, __stage }
        }
    }
    #[automatically_derived]
    impl crate::reexported::stage_config::StageConfig for Config {
        const PARAMETERS: &'static __private::ParameterTable = __TABLE;
        const __DESCRIPTION: &'static [u8] = &__private::Parts::array::<
            { __private::Parts::length(__PARTS, __TABLE) },
        >(__PARTS, __TABLE);
        type __Names = Names;
        fn __assemble(
            __decoder: &mut __private::Decoder<'_>,
        ) -> __private::Option<Self> {
            let (__Some(__0),) = (
                __private::Decoder::group(
                    __decoder,
                    |__decoder| (
                        { __FieldType::<String>::NEW }
                            .__stage_config_read(__decoder.field(0)),
                        { __FieldType::<Vec<String>>::NEW }
                            .__stage_config_read(__decoder.field(1)),
                    ),
                ),
            ) else { return __None };
            let __config = Self {
                stage: __0.0,
                r#type: __0.1,
            };
            let __check: fn(&Self) -> ::core::result::Result<(), _> = Self::check;
            __private::Decoder::validate(__decoder, __check(&__config))?;
            __Some(__config)
        }
    }
};

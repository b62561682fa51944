"""How sensitive the fields of the catalogue are: it is for everybody to read."""

from marketplace.core.grades import Grade, graded

graded(
    "catalogue.Category",
    {
        Grade.L1: """
            id path depth numchild name code description long_description meta_title meta_description
            image slug exclude_from_menu is_public ancestors_are_public axis name_en icon
        """,
    },
)
graded(
    "catalogue.Product",
    {
        Grade.L1: """
            id structure is_public upc parent title slug description meta_title meta_description
            priority product_class rating date_created date_updated is_discountable code kind
            sale_state summary how_it_works illustration age_from age_to data_collected is_electronic
            is_demo cancellation_windows return_rule attributes product_options recommended_products categories needs
        """,
    },
)
graded(
    "catalogue.Lesson",
    {
        Grade.L1: "id product position title body duration_minutes",
    },
)
graded(
    "catalogue.ProductClass",
    {
        Grade.L1: "id name slug requires_shipping track_stock options",
    },
)
graded(
    "catalogue.ProductCategory",
    {
        Grade.L1: "id product category",
    },
)
graded(
    "catalogue.ProductRecommendation",
    {
        Grade.L1: "id primary recommendation ranking",
    },
)
graded(
    "catalogue.ProductAttribute",
    {
        Grade.L1: "id product_class name code type option_group required",
    },
)
graded(
    "catalogue.ProductAttributeValue",
    {
        Grade.L1: """
            id attribute product value_text value_integer value_boolean value_float value_richtext
            value_date value_datetime value_option value_file value_image entity_content_type
            entity_object_id value_multi_option
        """,
    },
)
graded(
    "catalogue.AttributeOptionGroup",
    {
        Grade.L1: "id name code",
    },
)
graded(
    "catalogue.AttributeOption",
    {
        Grade.L1: "id group option code",
    },
)
graded(
    "catalogue.Option",
    {
        Grade.L1: "id name code type required option_group help_text order",
    },
)
graded(
    "catalogue.ProductImage",
    {
        Grade.L1: "id product code original caption display_order date_created",
    },
)
graded(
    "catalogue.ProductCategoryHierarchy",
    {
        Grade.L1: "id product_id category_id",
    },
)

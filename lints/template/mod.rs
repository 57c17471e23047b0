//! What a template engine should have filled in.

topic!("template": unresolved_merge_tag, unbalanced_merge_tag, foreign_merge_tag);

//! One file a format. A report never decides: level and order are settled before it.

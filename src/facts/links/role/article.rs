//! Tells what is written about unsubscribing ("Why people unsubscribe") from what lets one do it.

use crate::facts::prose::BLOCK_BREAK;
use crate::facts::words;
use crate::knowledge::words::{Hit, Meaning};
use std::ops::Range;

/// First words of articles about reasons.
const REASONS: [&str; 14] = [
    "why", "reasons", "warum", "weshalb", "wieso", "gründe", "pourquoi", "raisons", "perché", "waarom", "redenen",
    "varför", "hvorfor", "dlaczego",
];

/// First words of articles that explain; "how to unsubscribe" explains where the way out is.
const EXPLAINS: [&str; 19] = [
    "how", "what", "when", "who", "which", "ways", "tips", "guide", "study", "report", "best", "wie", "tipps",
    "comment", "conseils", "cómo", "consejos", "come", "hoe",
];

/// Words right before or behind the phrase: people unsubscribe, unsubscribe rates, cancel your subscription plan.
const BESIDE: [&str; 36] = [
    "behavior",
    "behaviour",
    "benchmark",
    "benchmarks",
    "best",
    "buttons",
    "flows",
    "links",
    "metrics",
    "numbers",
    "pages",
    "plan",
    "plans",
    "playbook",
    "practices",
    "study",
    "survey",
    "rate",
    "rates",
    "people",
    "customers",
    "subscribers",
    "readers",
    "users",
    "why",
    "trends",
    "statistics",
    "kunden",
    "leser",
    "abonnenten",
    "clients",
    "abonnés",
    "clienti",
    "clientes",
    "klanten",
    "lezers",
];

/// Labels that lead on in a text, whatever their sentence is about.
const TEASERS: [&str; 30] = [
    "more",
    "mehr",
    "weiterlesen",
    "lesen",
    "reading",
    "suite",
    "plus",
    "más",
    "mais",
    "altro",
    "leggi",
    "meer",
    "läs",
    "mer",
    "mere",
    "lue",
    "więcej",
    "více",
    "viac",
    "tovább",
    "подробнее",
    "далее",
    "більше",
    "περισσότερα",
    "devamı",
    "もっと",
    "続きを読む",
    "詳細",
    "更多",
    "더보기",
];

/// What headlines count: "10 examples".
const COUNTED: [&str; 22] = [
    "examples",
    "ways",
    "tips",
    "reasons",
    "steps",
    "ideas",
    "mistakes",
    "lessons",
    "tricks",
    "beispiele",
    "tipps",
    "ideen",
    "fehler",
    "exemples",
    "conseils",
    "ejemplos",
    "consejos",
    "esempi",
    "consigli",
    "voorbeelden",
    "exempel",
    "dicas",
];

/// Words before the phrase that deny it: nobody can leave here.
const DENIALS: [&str; 4] = ["cannot", "can't", "can’t", "unable"];

/// Words beside a phrase are looked for so far from it, in bytes: a text without blanks is one word.
const NEAR: usize = 200;

/// A headline or a teaser about leaving, or a sentence that says that one can't leave. `hits` are those of `text`, which has so many `words`.
pub(super) fn is_about_leaving(text: &str, words: usize, hits: &[Hit]) -> bool {
    let leaving = || hits.iter().filter(|hit| leaves(hit));
    if leaving().any(|hit| is_article_phrase(text, &hit.range)) {
        return true;
    }
    let covered: usize = hits
        .iter()
        .filter(|hit| leaves(hit) || matches!(hit.meaning, Meaning::Preferences | Meaning::MailingNoun))
        .map(|hit| count_words(&text[hit.range.clone()]))
        .sum();
    let beside = words.saturating_sub(covered);
    if beside <= 1 {
        return false;
    }
    let counts = || {
        let mut pairs = each_word(text).zip(each_word(text).skip(1));
        pairs.any(|(number, what)| number.bytes().all(|byte| byte.is_ascii_digit()) && is_one_of(&COUNTED, what))
    };
    if counts() {
        return true;
    }
    let begins_with = |cues: &[&str], among: usize| each_word(text).take(among).any(|word| is_one_of(cues, word));
    begins_with(&REASONS, 2) || beside > 3 && begins_with(&EXPLAINS, 1)
}

/// The phrase at `range` is denied, or stands beside a word of articles.
pub(super) fn is_article_phrase(text: &str, range: &Range<usize>) -> bool {
    let before = &text[text.ceil_char_boundary(range.start.saturating_sub(NEAR))..range.start];
    let behind = &text[range.end..text.floor_char_boundary(range.end + NEAR)];
    let same_line = |word: &&str| !word.contains(BLOCK_BREAK);
    let last = before.rsplit(|c: char| c.is_whitespace()).find(|word| !word.is_empty()).unwrap_or_default();
    let next = behind.split(|c: char| c.is_whitespace()).find(|word| !word.is_empty()).unwrap_or_default();
    let beside = [last, next].into_iter().filter(same_line).any(|word| is_one_of(&BESIDE, plain(word)));
    let denied = before
        .rsplit(|c: char| c.is_whitespace())
        .filter(|word| !word.is_empty())
        .take(3)
        .any(|word| is_one_of(&DENIALS, word.trim_matches(|c: char| !c.is_alphanumeric())));
    beside || denied
}

/// "Read more", "weiterlesen": what leads on in an article.
pub(super) fn is_teaser(label: &str) -> bool {
    each_word(label).any(|word| is_one_of(&TEASERS, word))
}

/// Folders and host labels of articles.
const ARTICLE_PLACES: [&str; 8] = ["blog", "blogs", "article", "articles", "post", "posts", "magazine", "magazin"];

/// First labels of hosts of articles. `news.` and `post.` are hosts that mail is sent from.
const ARTICLE_HOSTS: [&str; 4] = ["blog", "blogs", "magazine", "magazin"];

/// The target lies among articles: `https://blog.brand.com/…`, `https://brand.com/blog/…`.
pub(super) fn leads_to_article(href: &str) -> bool {
    // each of the names begins with one of these letters, behind a slash, and few parts of targets do
    let begins = |at: usize| href.as_bytes().get(at + 1).is_some_and(|byte| b"abmp".contains(&(byte | 0x20)));
    if !memchr::memchr_iter(b'/', href.as_bytes()).any(begins) {
        return false;
    }
    let place = href.split(['?', '#']).next().unwrap_or_default();
    let Some((host, path)) = place.split_once("://").map(|(_, rest)| rest.split_once('/').unwrap_or((rest, ""))) else {
        return false;
    };
    let in_folder = path.split('/').rev().skip(1).any(|folder| is_one_of(&ARTICLE_PLACES, folder));
    in_folder || host.split('.').next().is_some_and(|label| is_one_of(&ARTICLE_HOSTS, label))
}

/// The target ends a session: "abmelden" and its like mean that as well.
pub(super) fn logs_out(href: &str) -> bool {
    // each has one of these, and few targets have
    let begins = |from: usize, word: &[u8]| {
        href.as_bytes().get(from..from + word.len()).is_some_and(|here| here.eq_ignore_ascii_case(word))
    };
    let mut third = memchr::memchr2_iter(b'g', b'G', href.as_bytes()).filter_map(|at| at.checked_sub(2));
    if !third.any(|from| begins(from, b"log") || begins(from, b"sign")) {
        return false;
    }
    let lower = href.to_ascii_lowercase();
    ["logout", "log-out", "log_out", "logoff", "signout", "sign-out", "sign_out"]
        .iter()
        .any(|word| lower.contains(word))
}

/// The phrase means leaving, strong or weak.
pub(super) fn leaves(hit: &Hit) -> bool {
    matches!(hit.meaning, Meaning::Unsubscribe | Meaning::UnsubscribeWeak)
}

/// The label, of so many `words`, is a way out and nothing else: but for one word ("to", "the") its phrases cover it.
pub(super) fn says_only_leaving(label: &str, words: usize, hits: &[Hit]) -> bool {
    if !hits.iter().any(|hit| hit.meaning == Meaning::Unsubscribe && !hit.weak) {
        return false;
    }
    let is_plain = |hit: &&Hit| leaves(hit) || matches!(hit.meaning, Meaning::Here | Meaning::MailingNoun);
    let mut covered = 0;
    let mut end = 0;
    for hit in hits.iter().filter(is_plain) {
        let start = hit.range.start.max(end);
        if start < hit.range.end {
            covered += count_words(&label[start..hit.range.end]);
            end = hit.range.end;
        }
    }
    covered + 1 >= words
}

/// Words with a letter or a digit in them.
pub(super) fn count_words(text: &str) -> usize {
    if text.is_ascii() { words::count(text) } else { count_any_words(text) }
}

fn count_any_words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count()
}

fn each_word(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty())
}

fn plain(word: &str) -> &str {
    word.trim_matches(|character: char| !character.is_alphanumeric())
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    match word.is_ascii() {
        true => list.iter().any(|listed| listed.eq_ignore_ascii_case(word)),
        false => list.contains(&word.to_lowercase().as_str()),
    }
}

#[cfg(test)]
mod tests {
    use super::{count_any_words, count_words, is_about_leaving};
    use crate::knowledge::words::find;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_of_ascii_are_counted_as_those_of_all_text(text in "[a0 \t\n.,'-]{0,16}") {
            prop_assert_eq!(count_words(&text), count_any_words(&text));
        }
    }

    #[test]
    fn articles_and_ways_out() {
        for (text, is_article) in [
            ("How we cut our unsubscribe rate by half", true),
            ("Why people unsubscribe", true),
            ("5 reasons to unsubscribe from everything", true),
            ("Unsubscribe rates: the 2026 report", true),
            ("The perfect unsubscribe page: 10 examples", true),
            ("Unsubscribe buttons that convert", true),
            ("The unsubscribe playbook", true),
            ("Our guide to unsubscribe links", true),
            ("Go to the unsubscribe page", false),
            ("Warum Kunden den Newsletter abbestellen", true),
            ("You can't unsubscribe from this message", true),
            ("How to unsubscribe", false),
            ("Unsubscribe", false),
            ("If you do not know why you get this, unsubscribe here", false),
            ("Click here if you no longer wish to receive mails for customers of our shop", false),
        ] {
            assert_eq!(is_about_leaving(text, count_words(text), &find(text)), is_article, "{text}");
        }
    }
}

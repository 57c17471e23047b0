//! What Microsoft 365 said of a copy that came back from one of its mailboxes.

topic!("delivery": unrepresentative_test, junked_test, bulk_verdict, failed_dmarc, failed_spf, failed_dkim, unaligned_authentication,
       failed_compauth, non_routable_helo, missing_reverse_dns, content_filter_hit);

//! Where the message leads.

topic!(
    "links": split_subscription_links, scattered_link_domains, url_shortener, offsite_redirect_link, mismatched_link_text, ip_address_link,
    odd_port_link, private_link, placeholder_link, relative_link, empty_link, insecure_link
);

/* Opened from disk, the site has no server to ask. Where `kg serve` hands the site out,
 * it hands out a file of its own in this place, which says where queries are asked. */

/**
 * What one look at the landscape found, as plain arrays and records, and where it goes. Nothing here needs ND4J, so
 * pictures, pages and dashboards are made without a backend.
 */
@NullMarked
package org.thalweg.frame;

import org.jspecify.annotations.NullMarked;

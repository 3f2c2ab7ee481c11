/** Quantities that describe the landscape in one number, one class for each, listed in {@code META-INF/services}. */
@NullMarked
package org.thalweg.curvature.quantity;

import org.jspecify.annotations.NullMarked;

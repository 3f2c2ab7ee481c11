/** What is said of the landscape in one number: a class for each, found by name in {@code META-INF/services}. */
@NullMarked
package org.thalweg.curvature.quantity;

import org.jspecify.annotations.NullMarked;

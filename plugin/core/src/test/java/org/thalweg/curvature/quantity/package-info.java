@NullMarked
package org.thalweg.curvature.quantity;

import org.jspecify.annotations.NullMarked;

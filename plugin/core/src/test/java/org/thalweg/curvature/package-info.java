@NullMarked
package org.thalweg.curvature;

import org.jspecify.annotations.NullMarked;

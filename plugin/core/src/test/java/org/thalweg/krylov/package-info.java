@NullMarked
package org.thalweg.krylov;

import org.jspecify.annotations.NullMarked;

@NullMarked
package org.thalweg.viewer;

import org.jspecify.annotations.NullMarked;

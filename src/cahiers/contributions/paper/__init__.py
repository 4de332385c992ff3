"""Forms on paper, and the fast entry of what came by letter, telephone and paper."""
